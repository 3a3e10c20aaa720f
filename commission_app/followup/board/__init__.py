"""The board of a territory, the same as a list, and the territories side by side."""
