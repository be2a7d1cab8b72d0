"""Figures about lines: who stands beside them, whom a small change tips, and what a number does over its range."""
