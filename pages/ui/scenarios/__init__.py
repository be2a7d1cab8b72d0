"""Drafts that are kept: saved, listed, opened by a link, and compared side by side."""
