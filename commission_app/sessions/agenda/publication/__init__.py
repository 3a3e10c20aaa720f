"""What was published of an agenda: versions, presentations, paper, written opinions."""
