"""Reads records out of captured bytes: entries out of curated days, whatever form the list has."""
