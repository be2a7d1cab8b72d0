"""Desks of data management: files in, snapshots, lists out."""
