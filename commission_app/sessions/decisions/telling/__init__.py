"""Telling the person: each decision on a situation, in plain words."""
