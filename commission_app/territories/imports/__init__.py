"""Lists brought from a spreadsheet: read in memory, shown with their errors, then taken whole."""
