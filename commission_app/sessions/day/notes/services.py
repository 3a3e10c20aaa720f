"""Write the notes of a point: letter by letter from an editor, or whole from a plain form."""

from datetime import timedelta

from sqlalchemy import delete, select, update

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, StaleError
from commission_app.core.events import record
from commission_app.core.nir import REFUSAL, has_nir
from commission_app.core.policies import require
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.day.leading import expect_live
from commission_app.sessions.day.notes.document import edit, merged, text_of
from commission_app.sessions.day.notes.models import NoteUpdate
from commission_app.sessions.day.notes.queries import bodies_of, print_of
from commission_app.sessions.day.notes.written import note_written
from commission_app.sessions.day.policies import can_run_day
from commission_app.sessions.day.queries import hold, read_again
from commission_app.sessions.models import CommissionSession

LONGEST = 20_000
LONGEST_UPDATE = 32_000
#: So many updates are merged into one.
MERGED_FROM = 200
#: Who writes again after so long begins a new spell, told once in the history.
SPELL = timedelta(minutes=5)
ONLY_FACILITATORS = "Seuls les deux co-animateurs écrivent les notes."
TOO_LONG = "Les notes d’un point ne dépassent pas 20 000 caractères."


def open_notes(actor: User, day: CommissionSession, item: AgendaItem) -> bytes:
    """Everything typed so far, as one update for an editor that opens. Notes that were kept as plain text
    become the beginning of the shared one."""
    require(can_run_day(actor, day), ONLY_FACILITATORS)
    expect_live(day)
    _hold_text(item)
    return merged(_bodies(actor, item))


def write_update(actor: User, day: CommissionSession, item: AgendaItem, body: bytes) -> None:
    """Keep what an editor typed; both facilitators write at once, whoever holds the floor.

    Refused for bytes that are no update, beyond 20,000 characters, and when a social-security number comes to
    stand in the text. The same update twice changes nothing.
    """
    require(can_run_day(actor, day), ONLY_FACILITATORS)
    expect_live(day)
    if len(body) > LONGEST_UPDATE:
        raise InvalidInputError(TOO_LONG)
    begins = _hold(actor, day, item)
    _append(actor, item, _bodies(actor, item), body, begins=begins)


def save_notes(actor: User, day: CommissionSession, item: AgendaItem, *, text: str, seen: str) -> None:
    """Replace the text as a whole, from a form; what others type elsewhere in it at this instant stays.

    `seen` is the print of the text that the form was opened on: another one is refused as stale.
    """
    require(can_run_day(actor, day), ONLY_FACILITATORS)
    expect_live(day)
    if len(text) > LONGEST:
        raise InvalidInputError(TOO_LONG, field="text")
    begins = _hold(actor, day, item)
    bodies = _bodies(actor, item)
    state = merged(bodies)
    wanted = text.replace("\r\n", "\n")
    if wanted != text_of(state) and seen != print_of(text_of(state)):
        raise StaleError()
    if body := edit(state, wanted):
        _append(actor, item, bodies, body, begins=begins)


def _append(actor: User, item: AgendaItem, bodies: list[bytes], body: bytes, *, begins: bool) -> None:
    try:
        state = merged([*bodies, body])
        text = text_of(state)
    except ValueError:
        raise InvalidInputError("Ces notes n’ont pas pu être lues. Rechargez la page.") from None
    if len(text) > LONGEST:
        raise InvalidInputError(TOO_LONG)
    if has_nir(text) and not has_nir(text_of(merged(bodies))):
        raise InvalidInputError(REFUSAL, field="text")
    if len(bodies) + 1 >= MERGED_FROM:
        db.session.execute(delete(NoteUpdate).where(NoteUpdate.agenda_item_id == item.id))
        body_kept = state
    else:
        body_kept = body
    db.session.add(NoteUpdate(agenda_item_id=item.id, author_id=actor.id, body=body_kept))
    # Not through the mapped row: its version is that of the agenda, and letters must not make acts stale.
    db.session.execute(
        update(AgendaItem)
        .where(AgendaItem.id == item.id)
        .values({AgendaItem.notes.column: AgendaItem.notes.sealed(item, text)})
        .execution_options(synchronize_session=False)
    )
    note_written(item.id, body)
    if begins:
        record(actor, "notes_written", item)


def _bodies(actor: User, item: AgendaItem) -> list[bytes]:
    """The updates so far; notes that were kept as plain text are the first of them."""
    bodies = bodies_of(item.id)
    if not bodies and item.notes:
        bodies = [edit(b"", item.notes)]
        db.session.add(NoteUpdate(agenda_item_id=item.id, author_id=actor.id, body=bodies[0]))
        db.session.flush()
    return bodies


def _hold(actor: User, day: CommissionSession, item: AgendaItem) -> bool:
    """Take the lock of a text, and say whether its author begins a new spell. That one is told, which counts
    for the day: its lock comes first, as in every act, so that no two of them wait for each other."""
    begins = _begins_spell(actor, item)
    if begins:
        hold(day)
    _hold_text(item)
    return begins


def _hold_text(item: AgendaItem) -> None:
    """One lock a text, until the transaction ends; what was read of it before is read again."""
    db.session.execute(select(AgendaItem.id).where(AgendaItem.id == item.id).with_for_update())
    read_again(item, AgendaItem.notes.hidden)


def _begins_spell(actor: User, item: AgendaItem) -> bool:
    since = clock.now() - SPELL
    query = select(NoteUpdate.number).where(
        NoteUpdate.agenda_item_id == item.id, NoteUpdate.author_id == actor.id, NoteUpdate.at > since
    )
    return db.session.scalar(query.limit(1)) is None
