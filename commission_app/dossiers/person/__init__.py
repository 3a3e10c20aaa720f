"""Who the person is: kept apart, read by few, each reading by the coordination noted."""
