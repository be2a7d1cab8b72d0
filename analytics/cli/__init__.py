"""The desks without a screen, for schedulers and engineers."""
