"""What became of the mails, for the administration."""
