"""What may already answer a situation that is being written: offers, situations solved before."""
