"""The words that the partners agreed on, and those they still discuss."""
