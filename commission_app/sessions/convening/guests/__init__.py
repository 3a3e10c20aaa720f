"""Guests: experts from outside, invited for listed points by a personal link."""
