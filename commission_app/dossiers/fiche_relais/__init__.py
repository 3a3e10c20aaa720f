"""The fiche relais: the dossier as a hand-over between two référents."""
