"""Exchanging offers in the data·inclusion vocabulary."""
