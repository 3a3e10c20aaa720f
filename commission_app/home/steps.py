"""The one next thing to do: the day of commission first, then what the roles wait for."""

from dataclasses import dataclass

from commission_app.accounts.states import Role
from commission_app.core import clock, french
from commission_app.dossiers.states import DossierState
from commission_app.home.days import Coming
from commission_app.home.lists import OwnDossier


@dataclass(frozen=True)
class NextStep:
    """What to do, why, and the button that leads there."""

    kicker: str
    title: str
    text: str
    label: str
    endpoint: str
    values: tuple[tuple[str, str], ...]
    icon_name: str

    @property
    def arguments(self) -> dict[str, str]:
        """What the address takes besides the endpoint."""
        return dict(self.values)


def next_step_of(coming: Coming, roles: list[Role], dossiers: list[OwnDossier]) -> NextStep | None:
    """A day under way comes before everything; an own dossier to complete before a day still far."""
    of_day = _of_day(coming)
    if of_day is not None and (coming.is_live or Role.COORDINATOR in roles):
        return of_day
    return _to_complete(dossiers) or of_day or _calendar(coming, roles)


def _of_day(coming: Coming) -> NextStep | None:
    step = coming.page.next_step if coming.page and coming.is_expected else None
    if step is None:
        return None
    day = coming.days[0]
    kicker = "En direct maintenant" if coming.is_live else f"Session du {french.short_date(day.starts_at)}"
    values = (("session_id", str(day.id)),)
    return NextStep(kicker, step.title, step.text, step.label, step.endpoint, values, step.icon_name)


def _to_complete(dossiers: list[OwnDossier]) -> NextStep | None:
    wanted = next((one for one in dossiers if one.state is DossierState.TO_COMPLETE), None)
    if wanted is None:
        return None
    asked = french.plural(wanted.remarks, "précision")
    text = f"La coordination vous demande {asked}. Complétez, puis soumettez de nouveau."
    values = (("dossier_id", str(wanted.id)),)
    title = f"Compléter le dossier {wanted.code}"
    return NextStep("Prochaine étape", title, text, "Ouvrir le dossier", "dossiers.show", values, "pencil")


def _calendar(coming: Coming, roles: list[Role]) -> NextStep | None:
    if coming.days or Role.COORDINATOR not in roles:
        return None
    text = "Aucune session n’est au calendrier. L’assistant propose quatre dates, vous les déplacez."
    values = (("year", str(clock.today().year)),)
    return NextStep(
        "Prochaine étape",
        "Poser les sessions de l’année",
        text,
        "Préparer le calendrier",
        "year.show",
        values,
        "calendar3",
    )
