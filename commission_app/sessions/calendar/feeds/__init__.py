"""Secret addresses by which calendar programs read the days: one a person, one a territory."""
