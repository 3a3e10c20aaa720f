"""Addresses of the actions, the links in their reminders, and the remontées."""

from datetime import timedelta

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.tokens import hashed
from commission_app.followup.models import Action, ActionLink, Remontee
from commission_app.followup.states import ActionState
from tests.security.matrix import ACTORS, EVERYONE, each, row

ACTION = {"action_id": "action"}
REMONTEE = {"remontee_id": "remontee"}
LINK = {"token": "reply-token"}
VERSION = {"version": "1"}
COORDINATORS = ("coordinator", "coordinator_elsewhere")
OF_ARLES = ("referent", "referent_other", "coordinator", "participant", "facilitator", "pilot")
READERS = (*OF_ARLES, "coordinator_elsewhere")
FOLLOWERS = ("referent", "coordinator", "participant")
MOVES = {
    "allows": each(FOLLOWERS, 303),
    "refuses": each([actor for actor in OF_ARLES if actor not in FOLLOWERS], 403),
}
COORDINATES = {
    "allows": {"coordinator": 303},
    "refuses": each([actor for actor in OF_ARLES if actor != "coordinator"], 403),
}
PILOTS = {"allows": {"pilot": 303}, "refuses": each([actor for actor in OF_ARLES if actor != "pilot"], 403)}


def action(world, state=ActionState.TO_DO):
    """An action of the CCAS that nobody of it owns."""
    made = Action(territory=world.arles, structure=world.structure, title="Appeler", search="appeler")
    made.state, made.due_on, made.dossier = state, clock.today() + timedelta(days=3), world["dossier"]
    db.session.add(made)
    return made


def done_action(world):
    """An action that is done."""
    made = action(world, ActionState.DONE)
    made.done_at = clock.now()
    return made


def remontee(world):
    """A problem that Arles sent up."""
    sent = Remontee(territory=world.arles, theme="Mobilité", text="Aucun bus à sept heures")
    db.session.add(sent)
    return sent


def with_link(world):
    """The link of a reminder is known."""
    lasts = clock.now() + timedelta(days=3)
    link = ActionLink(action_id=world["action"].id, token_hash=hashed("reply-token"), expires_at=lasts)
    db.session.add(link)


def new_action(world):
    """An action of the structure that acts on both territories."""
    day = clock.today().isoformat()
    return {"title": "Appeler", "structure_id": world.other_structure.id, "owner_id": "", "due_on": day}


def new_remontee(world):
    """A problem of Arles."""
    return {"territory_id": world.arles.id, "theme": "Santé", "text": "Aucun médecin"}


OBJECTS = {"action": action, "done_action": done_action, "remontee": remontee}

ROWS = [
    row("GET", "followup.board", allows=each(READERS, 200)),
    row("GET", "followup.board", allows=each(READERS, 200), query="vue=liste", note="list"),
    row("POST", "followup.export", {"format": "csv"}, allows=each(READERS, 200)),
    row("POST", "followup.export", {"format": "xlsx"}, allows=each(READERS, 200), note="xlsx"),
    row("GET", "followup.territories", allows={"pilot": 200}),
    row("GET", "followup.new", allows=each(COORDINATORS, 200)),
    row("POST", "followup.create", data=new_action, allows=each(COORDINATORS, 303)),
    row("GET", "followup.show", ACTION, allows=each(OF_ARLES, 200)),
    row("POST", "followup.start", ACTION, data=VERSION, **MOVES),
    row("POST", "followup.finish", ACTION, data=VERSION, **MOVES),
    row("POST", "followup.reopen", {"action_id": "done_action"}, data=VERSION, **MOVES),
    row("POST", "followup.drop", ACTION, data={"version": "1", "reason": "Annulé"}, **MOVES),
    row("POST", "followup.note", ACTION, data={"text": "En cours"}, **MOVES),
    row("POST", "action_links.remind", allows=each(COORDINATORS, 303)),
    row("POST", "action_links.remind_one", ACTION, **COORDINATES),
    row("POST", "action_links.revoke", ACTION, **COORDINATES),
    row("GET", "action_links.show", LINK, allows=each(ACTORS, 200), public=True, state=with_link),
    row(
        "POST",
        "action_links.answer",
        LINK,
        data={"reply": "done", "note": ""},
        allows=each(ACTORS, 303),
        public=True,
        state=with_link,
    ),
    row("GET", "action_links.show", {"token": "no"}, allows=each(ACTORS, 410), public=True, note="unknown"),
    row("GET", "remontees.index", allows=each(EVERYONE, 200)),
    row("GET", "remontees.new", allows=each(COORDINATORS, 200)),
    row(
        "POST",
        "remontees.create",
        data=new_remontee,
        allows={"coordinator": 303},
        refuses={"coordinator_elsewhere": 422},
    ),
    row("GET", "remontees.show", REMONTEE, allows=each(OF_ARLES, 200)),
    row("POST", "remontees.study", REMONTEE, data=VERSION, **PILOTS),
    row("POST", "remontees.answer", REMONTEE, data={"version": "1", "answer": "Une navette"}, **PILOTS),
]
