"""A day held on paper, entered in one go afterwards."""
