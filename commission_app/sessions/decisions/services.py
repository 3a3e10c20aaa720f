"""From a draft to a decision of the register: write, read back, hear the room, record, correct, tell."""

import uuid
from datetime import date

from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import StaleError, WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.day.leading import expect_live
from commission_app.sessions.day.queries import hold
from commission_app.sessions.decisions.entry import enter_decision, expect_complete, room_of
from commission_app.sessions.decisions.models import Decision, DecisionDraft, DraftStance, Telling
from commission_app.sessions.decisions.policies import (
    can_record_decision,
    can_take_stance,
    can_tell,
    can_write_draft,
)
from commission_app.sessions.decisions.queries import draft_of
from commission_app.sessions.states import DecisionKind, ItemState, Stance

ONLY_FACILITATORS = "Seuls les deux co-animateurs rédigent les décisions."
MET = frozenset({ItemState.LIVE, ItemState.DONE})


def write_draft(
    actor: User,
    item: AgendaItem,
    *,
    kind: DecisionKind,
    text: str,
    version: int,
    structure_id: uuid.UUID | None = None,
    due_on: date | None = None,
    teller_id: uuid.UUID | None = None,
    tell_on: date | None = None,
    action_title: str = "",
    offer_name: str = "",
    theme: str = "",
) -> DecisionDraft:
    """Write what the commission is about to decide on a point; both facilitators may, on a live day.

    `version` is that of the draft that the person saw, 0 when there was none: a stale one is refused and
    both texts are shown. A draft that changes is no longer read back, and what the room said of it is
    forgotten.
    """
    day = item.commission_session
    require(can_write_draft(actor, day), ONLY_FACILITATORS)
    hold(day, item)
    expect_live(day)
    draft = _draft_to_write(actor, item, version)
    draft.kind, draft.text, draft.author_id = kind, text.strip(), actor.id
    draft.structure_id, draft.due_on = structure_id, due_on
    draft.teller_id, draft.tell_on = teller_id, tell_on
    draft.action_title, draft.offer_name, draft.theme = (
        action_title.strip(),
        offer_name.strip(),
        theme.strip(),
    )
    draft.read_back_at = None
    draft.stances.clear()
    record(actor, "draft_written", item, kind=kind.value)
    return draft


def _draft_to_write(actor: User, item: AgendaItem, version: int) -> DecisionDraft:
    if item.state not in MET:
        raise WrongStateError("Ouvrez d’abord ce point, puis rédigez la décision.")
    draft = draft_of(item)
    if version != (draft.version if draft else 0):
        raise StaleError()
    if draft is None:
        draft = DecisionDraft(agenda_item_id=item.id, author_id=actor.id)
        db.session.add(draft)
    return draft


def read_back(actor: User, draft: DecisionDraft, *, version: int) -> None:
    """Show the draft large on every screen, so that the room says what it thinks; a stale or incomplete one
    is refused."""
    day = draft.agenda_item.commission_session
    require(can_write_draft(actor, day), ONLY_FACILITATORS)
    hold(day, draft)
    expect_live(day)
    draft.expect_version(version)
    expect_complete(draft)
    draft.read_back_at = clock.now()
    record(actor, "draft_read_back", draft.agenda_item)


def take_back(actor: User, draft: DecisionDraft) -> None:
    """Take the draft off the screens to change it; what the room said of it is forgotten."""
    day = draft.agenda_item.commission_session
    require(can_write_draft(actor, day), ONLY_FACILITATORS)
    hold(day, draft)
    draft.read_back_at = None
    draft.stances.clear()
    record(actor, "draft_taken_back", draft.agenda_item)


def drop_draft(actor: User, draft: DecisionDraft) -> None:
    """Forget a draft, for instance a correction that is not needed after all."""
    day = draft.agenda_item.commission_session
    require(can_write_draft(actor, day), ONLY_FACILITATORS)
    hold(day)
    record(actor, "draft_dropped", draft.agenda_item)
    db.session.delete(draft)


def take_stance(actor: User, draft: DecisionDraft, *, stance: Stance, words: str = "") -> None:
    """Say « d'accord » or « réserve » with a few words of a decision that is read back; the last word
    counts."""
    day = draft.agenda_item.commission_session
    require(can_take_stance(actor, day))
    hold(day, draft)
    expect_live(day)
    if draft.read_back_at is None:
        raise WrongStateError("Cette décision n’est plus relue : attendez la nouvelle lecture.")
    said = db.session.scalar(
        select(DraftStance).where(DraftStance.draft_id == draft.id, DraftStance.user_id == actor.id)
    )
    if said is None:
        said = DraftStance(draft_id=draft.id, user_id=actor.id)
        db.session.add(said)
    said.stance = stance
    said.words = words.strip()[:300] if stance is Stance.RESERVED else ""
    record(actor, "stance_taken", draft.agenda_item, stance=stance.value)


def record_decision(actor: User, item: AgendaItem, *, draft_id: uuid.UUID, version: int) -> Decision:
    """« Acter »: write the decision that the room has read into the register, with what follows from it.

    Only the facilitator who holds the floor may, and only a draft that is being read back in the version
    that he or she saw. The same draft sent twice makes one decision. The action, the new offer or the
    remontée exist at that instant. A decision is never changed: a correction is a new one that replaces it.
    """
    day = item.commission_session
    require(can_write_draft(actor, day), ONLY_FACILITATORS)
    hold(day, item)
    if (made := _made_from(draft_id)) is not None:
        return made
    expect_live(day)
    holder = day.floor.full_name if day.floor else "Votre co-animateur"
    require(can_record_decision(actor, day), f"{holder} a la main. Prenez la main, puis actez.")
    draft = draft_of(item)
    if draft is None or draft.id != draft_id:
        raise StaleError("Ce projet de décision a été remplacé : relisez celui qui est à l’écran.")
    draft.expect_version(version)
    if draft.read_back_at is None:
        raise WrongStateError("Relisez d’abord la décision avec la commission, puis actez-la.")
    expect_complete(draft)
    return enter_decision(actor, draft, room_of(day, draft))


def correct_decision(actor: User, decision: Decision) -> DecisionDraft:
    """Begin a correction: a draft with the same words, which will replace the decision visibly.

    Refused for a decision already replaced, and while another draft stands on the same point.
    """
    day = decision.commission_session
    require(can_write_draft(actor, day), ONLY_FACILITATORS)
    hold(day)
    expect_live(day)
    if db.session.scalar(select(Decision.id).where(Decision.replaces_id == decision.id)):
        raise WrongStateError("Cette décision est déjà remplacée : corrigez la plus récente.")
    if draft_of(decision.agenda_item) is not None:
        raise WrongStateError("Une décision est déjà en rédaction sur ce point : actez-la ou abandonnez-la.")
    draft = DecisionDraft(
        agenda_item_id=decision.agenda_item_id,
        author_id=actor.id,
        kind=decision.kind,
        text=decision.text,
        structure_id=decision.structure_id,
        due_on=decision.due_on,
        teller_id=decision.teller_id,
        tell_on=decision.tell_on,
        replaces_id=decision.id,
    )
    db.session.add(draft)
    record(actor, "correction_begun", decision.agenda_item, number=decision.number)
    return draft


def tell_person(actor: User, decision: Decision) -> Telling:
    """Note that the person concerned was told of a decision on her own dossier, today; once."""
    require(can_tell(actor, decision), "Seul qui devait l’annoncer, ou la coordination, le note.")
    if decision.dossier_id is None:
        raise WrongStateError("Cette décision ne concerne pas une personne.")
    told = db.session.get(Telling, decision.id)
    if told is None:
        told = Telling(decision_id=decision.id, told_by_id=actor.id, told_on=clock.today())
        db.session.add(told)
        record(actor, "person_told", decision)
    return told


def _made_from(draft_id: uuid.UUID) -> Decision | None:
    return db.session.scalar(select(Decision).where(Decision.draft_id == draft_id))
