"""Goal-seek: the best entry scores under limits, found by looking at every combination of a grid, in integers."""
