"""Desks of classification: keys and layers of a snapshot, results, and work that goes on in the background."""
