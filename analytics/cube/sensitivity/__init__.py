"""What a standard's lines do to those who stand beside them: cliffs, and whose tier a small change leaves as it is."""
