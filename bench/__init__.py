"""Measuring Diurna: quality against labelled sets, and speed. `python -m bench --help`."""
