"""KNOWS how numbers look: plain data and words in, a plotly figure out."""
