"""Charte, protocole, engagements: versions that structures sign."""
