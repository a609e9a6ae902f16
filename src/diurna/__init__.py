"""Diurna turns news reporting into a sourced, linked, living chronicle."""

__version__ = "0.1.0"
