"""The layers over a population: each answers one sort of what-if without counting anybody again."""
