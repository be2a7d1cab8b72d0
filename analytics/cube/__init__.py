"""KNOWS how counts of signatures answer for the whole population."""
