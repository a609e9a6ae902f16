"""Quantities: numbers with their units, bounds and qualifiers, and what they are in other units."""
