"""Names: who, where and what a text names, on top of a model's own view."""
