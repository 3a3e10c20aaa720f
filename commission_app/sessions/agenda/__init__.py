"""The agenda: what waits, the day to scale, who is needed, the published version."""
