"""Where the population stands."""
