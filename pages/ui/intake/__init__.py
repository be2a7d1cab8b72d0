"""From a file to a snapshot: choosing it, mapping its columns, and what became of its rows."""
