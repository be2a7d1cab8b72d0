"""Goal-seek on the bench: what is asked, what is answered, and both in words."""
