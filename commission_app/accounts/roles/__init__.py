"""Roles that people hold on territories, from a day to a day."""
