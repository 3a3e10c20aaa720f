"""What a dossier said on a day: the versions that were submitted, and the earlier diagnoses."""
