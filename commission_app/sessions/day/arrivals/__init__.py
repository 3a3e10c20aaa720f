"""Who comes notes it alone: by the code that the room screen shows."""
