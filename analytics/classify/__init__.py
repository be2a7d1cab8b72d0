"""KNOWS how a standard classifies: the grid, the key, the verdict on each signature, and the reasons."""
