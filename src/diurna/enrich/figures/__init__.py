"""Figures: what is measured, of what, how much, when or where."""
