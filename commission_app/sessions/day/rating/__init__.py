"""How the day was, in two taps; shown together, never by person."""
