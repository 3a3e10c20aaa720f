"""The fixed frame of a day: the editable programme of a territory, and that of one session."""
