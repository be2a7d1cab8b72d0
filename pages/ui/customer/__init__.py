"""One customer: the score in words, and every period."""
