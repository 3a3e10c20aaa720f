"""Shared notes over the line."""
