"""Notes of a point, written by several people at once."""
