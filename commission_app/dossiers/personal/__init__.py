"""The page of the person concerned: by a personal link and a second secret, without an account."""
