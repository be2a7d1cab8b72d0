"""Desks of the bench: what a draft would do, saved drafts, goal-seek; nothing here becomes law."""
