"""Postponing a point to another day, and seeing one again."""
