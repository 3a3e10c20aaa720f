"""How many persons are sent to an offer, month by month."""
