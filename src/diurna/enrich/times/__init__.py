"""Time expressions: where they stand, what they mean in TIMEX3's terms, and which interval that is."""
