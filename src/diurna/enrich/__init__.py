"""Articles are understood: who, where, when, how much, and who says so. Mentions and claims, with their spans.

Each tagger is a spaCy component that works on its own too; `annotate` runs them over an article's text.
"""
