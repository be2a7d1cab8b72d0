"""KNOWS how a customer file becomes facts: the contract, the mapping, the checks."""
