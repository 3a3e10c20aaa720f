"""What the server said yes to, against what the database has: each act once, and no other."""

import re
import threading
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import func, select

from commission_app.core.db import db
from commission_app.core.events import Event

UUID = r"[0-9a-f-]{36}"
#: The events of an act that was said yes to, and whether it may leave none (it was so already).
ACTS: dict[str, tuple[frozenset[str], bool]] = {
    pattern: (frozenset(names.split()), may_be_idle)
    for pattern, names, may_be_idle in (
        ("point-suivant", "item_opened item_ended", False),
        ("point-precedent", "item_reopened", False),
        (f"points/{UUID}/ouvrir", "item_opened item_ended", True),
        ("pause", "session_paused", False),
        ("reprendre", "session_resumed", False),
        ("main", "floor_handed_over floor_taken", False),
        ("reporter", "item_put_off_live", True),
        ("suite/rattraper", "day_caught_up", False),
        (f"suite/points/{UUID}/deplacer", "point_moved_live", True),
        (f"suite/points/{UUID}/duree", "point_resized_live", False),
        (f"suite/points/{UUID}/reunir", "points_merged", False),
        ("suite/scinder", "point_split", False),
        ("suite/annuler", "course_change_undone", False),
        ("main-levee", "hand_raised", True),
        ("main-baissee", "hand_lowered", True),
        (f"paroles/{UUID}/donner", "hand_answered", False),
        (f"paroles/{UUID}/terminer", "hand_cleared", False),
        (f"presences/{UUID}/arrivee", "attendance_began", False),
        (f"presences/{UUID}/sortie", "attendance_ended", False),
        ("depart", "attendance_ended", False),
        ("presence", "attendance_began", True),
        ("plus-tard", "idea_parked", False),
        ("en-direct/proposer/(taken|solution)", "idea_parked", False),
        (f"plus-tard/{UUID}/traiter", "idea_handled", False),
        (f"points/{UUID}/projet", "draft_written", False),
        (f"projets/{UUID}/reprendre", "draft_taken_back", False),
        (f"projets/{UUID}/abandonner", "draft_dropped", False),
        (f"projets/{UUID}/avis", "stance_taken", False),
        (f"points/{UUID}/decisions", "decision_recorded", True),
        (f"decisions/{UUID}/corriger", "correction_begun", False),
        (f"points/{UUID}/notes", "notes_written", True),
        ("bilan", "day_rated", False),
        ("clore", "session_closed", False),
    )
}  # fmt: skip
NAMES = frozenset().union(*(names for names, _idle in ACTS.values()))


def act_of(path: str) -> str:
    """The act behind an address; one that is not in the table fails the day."""
    place = re.sub(rf"^/sessions/{UUID}/|^/(presence)/.*", r"\1", path)
    found = next((pattern for pattern in ACTS if re.fullmatch(pattern, place)), None)
    assert found, f"{path}: an act that the table of the random day does not know"
    return found


@dataclass
class Ledger:
    """How often each person's acts were said yes to; those whose answer never came may be there or not."""

    surely: Counter[tuple[str, frozenset[str]]] = field(default_factory=Counter)
    maybe: Counter[tuple[str, frozenset[str]]] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)
    records: set[str] = field(default_factory=set)
    pieces: dict[str, list[str]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, who: str, path: str, data: dict[str, str], status: int | None) -> None:
        """One answer: 200 or 303 is a yes, another is a no, none at all is a perhaps."""
        act = act_of(path)
        names, may_be_idle = ACTS[act]
        with self._lock:
            self.acts[f"{act} {'yes' if status in (200, 303) else status}"] += 1
            if status in (200, 303):
                (self.maybe if may_be_idle else self.surely)[who, names] += 1
            elif status is None:
                self.maybe[who, names] += 1
            if act.endswith("/decisions") and status in (200, 303):
                self.records.add(data["draft_id"])

    def note_piece(self, item_id: str, piece: str) -> None:
        """Words that the server said it kept in the notes of a point."""
        with self._lock:
            self.pieces.setdefault(item_id, []).append(piece)

    def faults(self, since: int) -> list[str]:
        """Where the events of the day say otherwise; notes are told once a spell, by their text instead."""
        query = (
            select(Event.actor_id, Event.name, func.count())
            .where(Event.number > since, Event.name.in_(NAMES - {"notes_written"}))
            .group_by(Event.actor_id, Event.name)
        )
        happened: Counter[tuple[str, frozenset[str]]] = Counter()
        for actor_id, name, count in db.session.execute(query):
            happened[str(actor_id), _names_with(name)] += count
        keys = set(happened) | set(self.surely)
        return [fault for key in keys if (fault := self._fault(key, happened[key]))]

    def _fault(self, key: tuple[str, frozenset[str]], count: int) -> str:
        least = self.surely[key]
        most = least + self.maybe[key]
        names = "/".join(sorted(key[1]))
        return "" if least <= count <= most else f"{names} by {key[0]}: {count}, not {least} to {most}"


def _names_with(name: str) -> frozenset[str]:
    return next(names for names, _idle in ACTS.values() if name in names)
