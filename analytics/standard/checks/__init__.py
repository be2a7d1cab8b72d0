"""One file for each subject that a standard is checked on."""
