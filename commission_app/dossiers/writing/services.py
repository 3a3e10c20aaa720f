"""Saying that one is there, remembering who wrote what, keeping the texts that met."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import delete

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.policies import can_see_dossier
from commission_app.dossiers.states import ClashOutcome, Part
from commission_app.dossiers.writing.models import Clash, Hands, Presence
from commission_app.dossiers.writing.queries import HERE_FOR, open_clashes

FIELD, LABEL = 80, 200


@dataclass(frozen=True)
class Spoken:
    """A field that two people changed, in words: its label, both texts; `is_text` when both may be kept."""

    field: str
    label: str
    theirs: str
    mine: str
    is_text: bool


def say_present(actor: User, dossier: Dossier, part: Part, *, page: str) -> bool:
    """An open page of a part is there; whoever may see the dossier may say so. It is no act: nothing is
    recorded, and it is forgotten within a minute. Returns whether the page says so for the first time."""
    require(can_see_dossier(actor, dossier))
    db.session.execute(delete(Presence).where(Presence.seen_at < clock.now() - HERE_FOR))
    kept = db.session.get(Presence, page)
    is_first = kept is None
    if kept is None:
        kept = Presence(page=page, user_id=actor.id, dossier_id=dossier.id, part=part)
        db.session.add(kept)
    if kept.user_id == actor.id and kept.dossier_id == dossier.id:
        kept.part, kept.seen_at = part, clock.now()
    return is_first


def remember_hands(
    actor: User, dossier: Dossier, part: Part, *, page: str, fields: Collection[str], known: Mapping[str, str]
) -> None:
    """Note which page wrote these fields last; `known` is what was noted before. Called by the saving of a
    part, which has checked who may."""
    hand = page or str(actor.id)
    if all(known.get(name) == hand for name in fields):
        return  # a page that types on
    hands = db.session.get(Hands, (dossier.id, part))
    if hands is None:
        hands = Hands(dossier_id=dossier.id, part=part, pages={})
        db.session.add(hands)
    hands.pages = {**hands.pages, **dict.fromkeys(fields, hand)}


def keep_clashes(
    actor: User, dossier: Dossier, part: Part, *, page: str, met: Collection[Spoken]
) -> list[Clash]:
    """Keep both texts of each field until somebody settles; a page that goes on typing changes its own text
    of the same clash. Called by the saving of a part, which has checked who may."""
    known = {one.field: one for one in open_clashes(dossier.id, part) if one.page == page}
    kept = []
    for one in met:
        clash = known.get(one.field[:FIELD])
        if clash is None:
            clash = Clash(
                dossier_id=dossier.id, part=part, field=one.field[:FIELD], label=one.label[:LABEL], page=page,
                author_id=actor.id, is_text=one.is_text,
            )  # fmt: skip
            db.session.add(clash)
            record(actor, "texts_met", dossier, part=part.value)
        clash.theirs, clash.mine = one.theirs, one.mine
        kept.append(clash)
    return kept


def settle_clash(
    actor: User, dossier: Dossier, clash: Clash, *, outcome: ClashOutcome, theirs: str, mine: str
) -> bool:
    """Say what is kept of two texts, `theirs` of the dossier and `mine` as they are now. Called by the saving
    of the part, which has checked who may.

    Nobody puts a text in the place of one that was not shown: when the text of the dossier has changed since,
    choosing mine settles nothing, and both are to be shown again.
    """
    is_unseen = outcome is ClashOutcome.MINE and clash.theirs != theirs
    clash.theirs, clash.mine = theirs, mine
    if is_unseen:
        return False
    clash.settled_at, clash.outcome = clock.now(), outcome
    record(actor, "texts_settled", dossier, part=clash.part.value, outcome=outcome.value)
    return True
