"""Minutes: written from the day, validated by the two facilitators, printed."""
