"""Agencies and associations that sit in commissions."""
