"""Who sees which field of a dossier: the one table that pages, prints and tests go by."""

from commission_app.core.states import Labelled
from commission_app.dossiers.states import Part


class Audience(Labelled):
    """Who reads."""

    REFERENT = "referent", "Le référent d’étape du dossier"
    COORDINATION = "coordination", "La coordination du territoire"
    COMMISSION = "commission", "La commission"


_PRIVATE = frozenset({Audience.REFERENT, Audience.COORDINATION})
_SHARED = frozenset(Audience)

#: Every field that carries something written about a person, and who reads it.
WHO_SEES: dict[str, frozenset[Audience]] = {
    "person.first_name": _PRIVATE,
    "person.last_name": _PRIVATE,
    "person.phone": _PRIVATE,
    "person.email": _PRIVATE,
    "dossier.previous_referent": _PRIVATE,
    "remark.text": _PRIVATE,
    "remark.answer": _PRIVATE,
    "exchange.participants": _PRIVATE,
    "exchange.tried": _PRIVATE,
    "exchange.outcome": _PRIVATE,
    "agreement": _PRIVATE,
    "dossier.age_band": _SHARED,
    "dossier.insee": _SHARED,
    "dossier.household": _SHARED,
    "dossier.wishes_presence": _SHARED,
    "dossier.contract": _SHARED,
    "dossier.entered_on": _SHARED,
    "dossier.step": _SHARED,
    "criterion.fact": _SHARED,
    "diagnosis.note": _SHARED,
    "dossier.origin_who": _SHARED,
    "dossier.origin_how": _SHARED,
    "dossier.origin_why": _SHARED,
    "parcours.action": _SHARED,
    "parcours.structure_name": _SHARED,
    "parcours.result": _SHARED,
    "attempt.what": _SHARED,
    "attempt.with_whom": _SHARED,
    "attempt.result": _SHARED,
    "dossier.no_inside_reason": _SHARED,
    "dossier.no_outside_reason": _SHARED,
    "dossier.question": _SHARED,
    "dossier.urgency_reason": _SHARED,
}

#: What the list of the seven parts says beside each.
PART_SEEN: dict[Part, tuple[str, str]] = {
    part: ("private", "Identité visible par vous et la coordination seules")
    if part is Part.PERSON
    else ("commission", "Visible par la commission")
    for part in Part
}


def sees(audience: Audience, field: str) -> bool:
    """Whether an audience reads a field; an unknown field is read by nobody."""
    return audience in WHO_SEES.get(field, frozenset())
