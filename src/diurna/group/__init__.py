"""Grouping: which entries are one event."""
