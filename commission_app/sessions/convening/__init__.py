"""Convening: invitations by mail with a calendar object, and the answers."""
