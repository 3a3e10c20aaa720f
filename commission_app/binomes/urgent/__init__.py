"""A call for help between two sessions: technicien, cadre, coordination, by the clock."""
