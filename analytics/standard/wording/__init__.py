"""The differences between two standards in words: one file for each subject."""
