"""What participants propose for the agenda."""
