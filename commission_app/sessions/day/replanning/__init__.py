"""What is left of a live day: what still fits, what could give way, and changes that can be taken back."""
