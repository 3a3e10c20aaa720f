"""What stands in a part of a dossier while somebody saves it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from commission_app.dossiers.parts.forms import PartForm
from commission_app.dossiers.writing.merging import Data


@dataclass
class Standing:
    """What stands in the dossier: as data, and as the form that says it in words, filled when it is asked."""

    data: Data
    fill: Callable[[Data], PartForm]

    @cached_property
    def form(self) -> PartForm:
        """The form filled with what stands."""
        return self.fill(self.data)
