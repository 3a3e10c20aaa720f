"""Putting the demonstration into the database, act after act in the order of time."""
