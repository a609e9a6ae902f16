"""Publishing: views become pages, feeds and a search index in a directory that any static host can serve."""
