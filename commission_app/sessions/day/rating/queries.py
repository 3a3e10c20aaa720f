"""What a day was like for those who were there, together."""

import uuid
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from commission_app.core.db import db
from commission_app.core.french import NBSP, listed
from commission_app.sessions.day.rating.models import DayRating
from commission_app.sessions.states import Feeling

#: Below so many answers nothing is broken down.
FEWEST_SHOWN = 5


@dataclass(frozen=True)
class Mood:
    """The answers to one question: how many of each, nothing below five answers."""

    question: str
    count: int
    answers: tuple[tuple[Feeling, int], ...]

    @property
    def words(self) -> str:
        """« 14 oui, 3 en partie et 1 non », or why there is nothing to read."""
        if not self.answers:
            return f"moins de {FEWEST_SHOWN} réponses, rien n’est détaillé"
        return listed([f"{count}{NBSP}{one.label.lower()}" for one, count in self.answers])


def own_rating(day_id: uuid.UUID, user_id: uuid.UUID) -> DayRating | None:
    """What one person said of a day."""
    return db.session.scalar(
        select(DayRating).where(DayRating.commission_session_id == day_id, DayRating.user_id == user_id)
    )


def moods_of(day_id: uuid.UUID) -> list[Mood]:
    """The answers to both questions, for who runs or prepares days."""
    rows = list(db.session.scalars(select(DayRating).where(DayRating.commission_session_id == day_id)))
    useful = [row.useful for row in rows if row.useful]
    heard = [row.heard for row in rows if row.heard]
    return [_mood("La journée a été utile", useful), _mood("J’ai pu m’exprimer", heard)]


def _mood(question: str, said: list[Feeling]) -> Mood:
    counted = Counter(said)
    shown = tuple((one, counted[one]) for one in Feeling) if len(said) >= FEWEST_SHOWN else ()
    return Mood(question, len(said), shown)
