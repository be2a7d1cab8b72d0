"""KNOWS the standard: what it says, whether it is sound, how two of them differ."""
