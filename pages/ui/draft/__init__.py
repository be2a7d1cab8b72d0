"""The draft on the bench: what the visitor has moved, the controls that move it, and what it says and breaks."""
