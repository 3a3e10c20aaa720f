"""The refusal of a social-security number, where the features above look for it."""

from commission_app.core.nir import REFUSAL, has_nir, refuse_nir

__all__ = ["REFUSAL", "has_nir", "refuse_nir"]
