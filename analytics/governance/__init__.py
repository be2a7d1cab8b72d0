"""KNOWS how a standard becomes law: events, proposals, publications."""
