"""Anonymous models of solved situations."""
