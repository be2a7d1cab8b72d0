"""What a change or a period does to everyone: figures, their layout, the two sides, and who moves."""
