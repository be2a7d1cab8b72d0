"""DOES: runs the named steps of the core. No engine knows any policy."""
