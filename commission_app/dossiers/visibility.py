"""Who sees which field of a dossier: the one table that pages, prints and tests go by."""

from collections.abc import Iterable

from commission_app.core.states import Labelled
from commission_app.dossiers.states import Part


class Audience(Labelled):
    """Who reads."""

    REFERENT = "referent", "Le référent d’étape du dossier"
    COORDINATION = "coordination", "La coordination du territoire"
    NEXT_REFERENT = "next_referent", "Le prochain référent d’étape, sur la fiche relais"
    COMMISSION = "commission", "La commission"
    PERSON = "person", "La personne concernée"


_HERS = frozenset({Audience.REFERENT, Audience.COORDINATION, Audience.PERSON})
_WORK = _HERS
_RELAY = _HERS | {Audience.NEXT_REFERENT}
_SHARED = frozenset(Audience)

#: Every field that says something about a person, and who reads it. Pages, live fragments, papers and exports
#: go by this table: a field that is not in it is read by nobody.
WHO_SEES: dict[str, frozenset[Audience]] = {
    "person.first_name": _HERS,
    "person.last_name": _HERS,
    "person.phone": _HERS,
    "person.email": _HERS,
    "dossier.previous_referent": _RELAY,
    "remark.text": _WORK,
    "remark.answer": _WORK,
    "exchange.participants": _WORK,
    "exchange.tried": _WORK,
    "exchange.outcome": _WORK,
    "agreement": _WORK,
    "correction.text": _WORK,
    "correction.answer": _WORK,
    "fiche.text": _RELAY,
    "dossier.age_band": _SHARED,
    "dossier.insee": _SHARED,
    "dossier.household": _SHARED,
    "dossier.wishes_presence": _SHARED,
    "dossier.contract": _SHARED,
    "dossier.entered_on": _SHARED,
    "dossier.step": _SHARED,
    "dossier.step_started_on": _SHARED,
    "dossier.diagnosed_on": _SHARED,
    "criterion.fact": _SHARED,
    "diagnosis.level": _SHARED,
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


def sees_all(audience: Audience, fields: Iterable[str]) -> bool:
    """Whether an audience reads every one of these fields."""
    return all(sees(audience, field) for field in fields)
