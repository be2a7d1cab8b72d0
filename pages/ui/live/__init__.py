"""The live bench: one component in the browser that recounts the whole population at every pointer event."""
