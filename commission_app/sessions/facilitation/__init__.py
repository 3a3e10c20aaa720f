"""Who runs the day: two people of two structures, in turn, with reasons that everybody can read."""
