"""Statements: who says what, by which words, and on whose word."""
