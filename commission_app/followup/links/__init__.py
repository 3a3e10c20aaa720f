"""The personal link in a reminder: answering without an account."""
