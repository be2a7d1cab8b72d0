"""SHOWS: one file a page, five beats: frame, controls, read, show, act."""
