"""Decisions: written, read back to the room, recorded in a register that only grows."""
