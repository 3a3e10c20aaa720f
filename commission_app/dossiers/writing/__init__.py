"""Several people at one draft: each sees the others, and no text replaces another in silence."""
