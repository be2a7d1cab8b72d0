"""One number of a standard over its whole range."""
