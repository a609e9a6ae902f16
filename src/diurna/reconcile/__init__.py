"""The claims of one event, side by side: what is claimed of each attribute, by whom, and whether it agrees."""
