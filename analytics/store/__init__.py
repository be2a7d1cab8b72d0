"""KEEPS: the only room, beside the engines, that speaks to DuckDB. One file a table family."""
