"""The parcours of a person in time: origin, steps, référents, and how long the present step has lasted."""

from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from commission_app.core import clock
from commission_app.dossiers.fiche_relais.models import FicheRelais
from commission_app.dossiers.fiche_relais.queries import fiches_of
from commission_app.dossiers.models import Dossier, ParcoursStep, months_between
from commission_app.dossiers.states import StepOutcome


@dataclass(frozen=True)
class Mark:
    """One thing on the line. `kind`: origin, step, referent, commission; `moment`: past, now, next."""

    day: date | None
    until: date | None
    kind: str
    title: str
    detail: str
    moment: str = "past"

    @property
    def months(self) -> int | None:
        """How many whole months it lasted, or has lasted so far."""
        if self.kind != "step" or self.day is None or self.moment == "next":
            return None
        return months_between(self.day, self.until or clock.today())


@dataclass(frozen=True)
class StepLength:
    """The present step against its expected length, in months."""

    name: str
    months: int
    expected: int | None

    @property
    def is_too_long(self) -> bool:
        """Whether it has lasted longer than expected."""
        return self.expected is not None and self.months > self.expected

    @property
    def over(self) -> int:
        """How many months beyond."""
        return max(0, self.months - (self.expected or self.months))


@dataclass(frozen=True)
class Timeline:
    """Everything on the line, the oldest first, and the length of the present step."""

    marks: list[Mark]
    step: StepLength | None


def timeline_of(dossier: Dossier) -> Timeline:
    """The parcours in time, for who accompanies and for the coordination."""
    marks = [
        *_origin(dossier),
        *(_step(step) for step in dossier.parcours),
        *_referents(dossier, fiches_of(dossier)),
        *_commission(dossier),
    ]
    marks.sort(key=lambda mark: (mark.kind != "origin", mark.day or date.min))
    months = dossier.step_months
    step = None if months is None else StepLength(dossier.step, months, dossier.step_expected_months)
    return Timeline(marks, step)


def _origin(dossier: Dossier) -> list[Mark]:
    said = " · ".join(text for text in (dossier.origin_how, dossier.origin_why) if text)
    if not (dossier.origin_who or said):
        return []
    return [Mark(None, None, "origin", f"Orientation par {dossier.origin_who or 'non indiqué'}", said)]


def _step(step: ParcoursStep) -> Mark:
    detail = " · ".join(text for text in (step.structure_name, step.outcome.label, step.result) if text)
    moments = {StepOutcome.CURRENT: "now", StepOutcome.TO_COME: "next"}
    return Mark(step.starts_on, step.ends_on, "step", step.action, detail, moments.get(step.outcome, "past"))


def _referents(dossier: Dossier, fiches: list[FicheRelais]) -> list[Mark]:
    """Who accompanied: the first one since the entry, then whoever took over."""
    taken = [(one.accepted_at, one) for one in fiches if one.accepted_at]
    accepted = sorted(taken, key=itemgetter(0))
    names = [_named(one.giver) for _moment, one in accepted] + [_named(dossier.referent)]
    days = [dossier.entered_on or clock.local(dossier.created_at).date()]
    days += [clock.local(moment).date() for moment, _one in accepted]
    ends = [*days[1:], None]
    found = [
        Mark(day, end, "referent", f"Référent d’étape : {name}", "", "now" if end is None else "past")
        for day, end, name in zip(days, ends, names, strict=True)
    ]
    if dossier.previous_referent and not accepted:
        found.insert(0, Mark(None, days[0], "referent", "Référent précédent", dossier.previous_referent))
    return found


def _commission(dossier: Dossier) -> list[Mark]:
    if dossier.submitted_at is None:
        return []
    day = clock.local(dossier.submitted_at).date()
    return [Mark(day, None, "commission", "Dossier soumis à la coordination", "")]


def _named(person: object) -> str:
    name, structure = getattr(person, "full_name", ""), getattr(person, "structure_name", "")
    return f"{name}, {structure}" if structure else name
