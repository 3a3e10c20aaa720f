"""Who reads the figures."""

from commission_app.accounts.states import Role

READERS = (Role.COORDINATOR, Role.PILOT)
