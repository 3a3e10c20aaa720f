"""The administration of accounts and roles."""
