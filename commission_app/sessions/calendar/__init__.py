"""The year: four dates laid out at once, published, and the feeds that calendars read."""
