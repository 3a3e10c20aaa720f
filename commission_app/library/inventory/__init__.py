"""The commissions that exist on a territory."""
