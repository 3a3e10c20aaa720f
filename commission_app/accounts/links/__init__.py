"""Personal links that set a password: invitations and resets."""
