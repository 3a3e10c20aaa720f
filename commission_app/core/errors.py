"""Refusals. Each carries a French sentence that says what to do next; one place turns them into answers."""


class DomainError(Exception):
    """An act that the rules refuse. `message` is shown as it is; `status` is the HTTP status."""

    status = 409

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFoundError(DomainError):
    """What one may not see does not exist: denied and absent answer alike."""

    status = 404

    def __init__(self) -> None:
        super().__init__("Cette page n’existe pas, ou vous n’y avez pas accès.")


class NotAllowedError(DomainError):
    """The actor sees the object but may not do this to it."""

    status = 403

    def __init__(self, message: str = "Vous n’avez pas le droit de faire cela ici.") -> None:
        super().__init__(message)


class WrongStateError(DomainError):
    """The act is not possible in the present state of the object."""


class StaleError(DomainError):
    """Somebody changed the object meanwhile; the edge that can shows both texts, and says itself what it
    keeps."""

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message or "Quelqu’un a modifié cette page entre-temps. Relisez-la, puis recommencez."
        )


class InvalidInputError(DomainError):
    """A value that the rule refuses; `field` names the form field to show it beside ('' for the whole
    form)."""

    status = 422

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class ExpiredLinkError(DomainError):
    """A personal link that no longer opens: expired, used or withdrawn, told alike."""

    status = 410

    def __init__(self, message: str = "") -> None:
        super().__init__(message or "Ce lien n’est plus valable. Demandez-en un nouveau à la coordination.")
