"""Files on their way in: looked at, opened, read onto a stage, and what was found there."""
