"""The store: facts that are appended, views that can be made again, and the archive of captured bytes."""
