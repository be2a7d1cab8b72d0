"""ACTS: one job each. Load, ask the core, save with its event in one transaction."""
