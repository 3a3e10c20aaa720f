"""What the commission wrote about a situation leaves with the dossier; the register stays."""
