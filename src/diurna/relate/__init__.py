"""Relating: which events share rare context, how much, and why."""
