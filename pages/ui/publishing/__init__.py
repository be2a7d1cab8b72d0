"""From a draft to law: proposing it, deciding on it, and what has been law."""
