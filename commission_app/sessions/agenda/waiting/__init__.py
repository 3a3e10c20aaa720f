"""What waits to be placed on a day."""
