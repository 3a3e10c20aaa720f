"""What is written about a person, kept under a key of its own that can be destroyed."""
