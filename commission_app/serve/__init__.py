"""Prepare the data and serve: what `dev.py run` ends in, and the whole server of a small installation."""
