"""Who is away when, and who stands in."""
