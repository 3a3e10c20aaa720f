"""The rights of the person concerned: to know what is kept, to have it corrected."""
