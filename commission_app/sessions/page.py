"""The page of one day: what its reader may do, and the one thing to do next."""

from dataclasses import dataclass

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.french import week_date
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.convening.queries import own_invitation
from commission_app.sessions.decisions.paper.queries import may_be_entered
from commission_app.sessions.doors import AGENDA, EXTRACT, LIVE, MINUTES, Doors, doors_of
from commission_app.sessions.hours import day_of
from commission_app.sessions.minutes.queries import awaits_validation
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import can_prepare_session, is_facilitator
from commission_app.sessions.queries import agenda_version, invited_counts, readiness_of
from commission_app.sessions.readiness import Readiness
from commission_app.sessions.services import PREPARED
from commission_app.sessions.states import Answer, SessionState


@dataclass(frozen=True)
class Step:
    """The next thing to do: what, why, the words of the button and the endpoint behind it."""

    title: str
    text: str
    label: str
    endpoint: str
    icon_name: str


@dataclass(frozen=True)
class SessionPage:
    """What the page of a day shows to one reader. `readiness` is for those who prepare or run it; `doors` are
    the endpoints of its agenda, live page and minutes that let the reader in."""

    day: CommissionSession
    can_prepare: bool
    is_facilitator: bool
    invitation: Invitation | None
    readiness: Readiness | None
    agenda_version: int | None
    people: int
    structures: int
    doors: Doors
    awaits_validation: bool = False

    @property
    def is_changeable(self) -> bool:
        """Whether the day may still be changed."""
        return self.day.state in PREPARED

    @property
    def can_enter_paper(self) -> bool:
        """Whether what was decided on paper may be entered."""
        return (self.can_prepare or self.is_facilitator) and may_be_entered(self.day)

    @property
    def is_preparing(self) -> bool:
        """Whether the preparation is what matters now."""
        return self.readiness is not None and self.is_changeable

    @property
    def reads_moods(self) -> bool:
        """Whether the reader, who prepares or ran the day, sees how it was lived."""
        return self.day.state is SessionState.CLOSED and (self.can_prepare or self.is_facilitator)

    @property
    def next_step(self) -> Step | None:
        """The one next thing for this reader; None when nothing is awaited."""
        if self.day.state is SessionState.CANCELLED:
            return None
        if self.is_facilitator and self._is_the_day:
            return DESK
        if self.awaits_validation:
            return VALIDATE
        if self.can_prepare and (step := self._of_coordination()):
            return step
        return self._of_member()

    @property
    def _is_the_day(self) -> bool:
        held = self.day.state in {SessionState.PUBLISHED, SessionState.CONVENED}
        return self.day.state is SessionState.LIVE or (held and day_of(self.day) == clock.today())

    def _of_coordination(self) -> Step | None:
        if self.day.state is SessionState.PROPOSED:
            return PUBLISH
        if self.day.state is SessionState.PUBLISHED:
            return CONVENE if len(self.day.facilitators) == 2 else NAME_PAIR
        if self.day.state is SessionState.CONVENED and self.readiness:
            return self._of_preparation(self.readiness)
        return None

    def _of_preparation(self, readiness: Readiness) -> Step | None:
        if len(self.day.facilitators) < 2:
            return NAME_PAIR
        if not readiness.agenda.done:
            by = f"À faire avant {week_date(self.day.agenda_due_on)}. " if self.day.agenda_due_on else ""
            title, text = "Publier l’ordre du jour", f"{by}Ordre du jour : {readiness.agenda.detail}."
            return Step(title, text, "Composer l’ordre du jour", "agenda.compose", "calendar-event")
        if not readiness.answers.done:
            text = f"Structures qui ont répondu : {readiness.answers.detail}."
            title = "Relancer les structures sans réponse"
            return Step(title, text, "Voir les réponses", "convening.show", "send")
        return None

    def _of_member(self) -> Step | None:
        if self.day.state in {SessionState.LIVE, SessionState.CLOSED}:
            return next((step for step in (FOLLOW, READ_MINUTES, READ_EXTRACT) if self.opens(step)), None)
        if self.invitation is not None and self.invitation.answer is Answer.NONE:
            return ANSWER if self.day.state is SessionState.CONVENED else None
        return READ_AGENDA if self.agenda_version and self.opens(READ_AGENDA) else None

    def opens(self, step: Step) -> bool:
        """Whether the page behind a step lets the reader in."""
        return step.endpoint in self.doors


DESK = Step(
    "Ouvrir le pupitre",
    "Vous animez cette session avec votre co-animateur.",
    "Ouvrir le pupitre",
    "day.desk",
    "broadcast",
)
PUBLISH = Step(
    "Relire les dates, puis publier l’année",
    "Cette date n’est encore visible que de la coordination.",
    "Relire et publier",
    "year.review",
    "send",
)
NAME_PAIR = Step(
    "Désigner les deux co-animateurs",
    "L’assistant propose ceux dont c’est le tour, et dit pourquoi.",
    "Choisir le binôme",
    "facilitation.show",
    "people",
)
CONVENE = Step(
    "Convoquer la session",
    "Chaque binôme reçoit un courriel avec l’invitation pour son agenda.",
    "Relire et convoquer",
    "convening.review",
    "send",
)
ANSWER = Step(
    "Répondre à la convocation",
    "Dites si vous venez, en partie, ou qui vient à votre place.",
    "Répondre",
    "convening.answer",
    "check2",
)
READ_AGENDA = Step(
    "Lire l’ordre du jour",
    "Les situations y sont présentées sans identité.",
    "Lire l’ordre du jour",
    AGENDA,
    "file-text",
)
FOLLOW = Step(
    "Suivre la commission en direct",
    "Le point en cours, les décisions et la prise de parole.",
    "Suivre en direct",
    LIVE,
    "broadcast",
)
VALIDATE = Step(
    "Relire et valider le compte rendu",
    "Il paraît quand les deux animateurs l’ont validé.",
    "Relire le compte rendu",
    MINUTES,
    "file-text",
)
READ_MINUTES = Step(
    "Lire le compte rendu",
    "Les décisions et les actions de la journée.",
    "Lire le compte rendu",
    MINUTES,
    "file-text",
)
READ_EXTRACT = Step(
    "Lire ce qui a été décidé",
    "Les décisions sur les situations que vous accompagnez.",
    "Lire les décisions",
    EXTRACT,
    "file-text",
)


def page_of(actor: User, day: CommissionSession) -> SessionPage:
    """What this person sees of the day and may do with it."""
    prepares, runs = can_prepare_session(actor, day), is_facilitator(actor, day)
    people, structures = invited_counts(day)
    return SessionPage(
        day=day,
        can_prepare=prepares,
        is_facilitator=runs,
        invitation=own_invitation(actor, day),
        readiness=readiness_of(day) if prepares or runs else None,
        agenda_version=agenda_version(day),
        people=people,
        structures=structures,
        doors=doors_of(actor, day),
        awaits_validation=runs and day.state is SessionState.CLOSED and awaits_validation(actor, day),
    )
