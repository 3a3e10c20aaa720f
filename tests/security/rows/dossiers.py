"""Addresses of the dossiers: lists, parts, agreement, identity, exchange, acts, fiche relais."""

from datetime import timedelta

from commission_app.accounts.passwords import password_hash
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.tokens import hashed
from commission_app.dossiers.fiche_relais.models import FicheRelais
from commission_app.dossiers.models import DiagnosisLine, Remark
from commission_app.dossiers.personal.models import PersonLink
from commission_app.dossiers.rights.services import ask_correction
from commission_app.dossiers.states import (
    DiagnosisItem,
    DossierState,
    FicheState,
    Level,
    Part,
    VersionKind,
)
from commission_app.dossiers.versions.services import keep_version
from tests.dossiers.stories import Place, make_complete
from tests.security.fields import word_of
from tests.security.matrix import ACTORS, each, row

DOSSIER, DRAFT = {"dossier_id": "dossier"}, {"dossier_id": "draft"}
SUBMITTED, TALKING = {"dossier_id": "submitted"}, {"dossier_id": "in_exchange"}
ASKED = {"dossier_id": "asked", "remark_id": "remark"}
VERSION = {"dossier_id": "dossier", "version_id": "version"}
CORRECTION = {"dossier_id": "dossier", "correction_id": "correction"}
FICHE, SENT = {"fiche_id": "fiche"}, {"fiche_id": "sent_fiche"}
SEES, DOES = each(["referent", "coordinator"], 200), each(["referent", "coordinator"], 303)
HAND_OVER = ("referent", "referent_other", "coordinator")
WRITES, COORDINATES = {"referent": 303}, {"coordinator": 303}
NOT_THE_REFERENT, NOT_THE_COORDINATION = {"referent": 403}, {"coordinator": 403}
TODAY = clock.today().isoformat()
TALK = {"held_on": TODAY, "participants": "Inès", "outcome": "Rien avant mars"}


def place(world):
    """The people of Arles."""
    people = world.actors
    return Place(
        territory=world.arles, ines=people["referent"], karim=people["referent_other"],
        noemie=people["coordinator"], paul=people["participant"],
    )  # fmt: skip


def complete_in(state):
    """A dossier that misses nothing, in a state."""
    return lambda world: make_complete(place(world), state)


def remark(world):
    """A precision that waits for its answer."""
    asked = Remark(part=Part.FRAME, text="Depuis quand ?", author_id=world.actors["coordinator"].id)
    world["asked"].remarks.append(asked)
    return asked


def fiche_in(state):
    """A hand-over from the référent to another one of the territory."""

    def make(world):
        fiche = FicheRelais(
            dossier=world["dossier"], from_id=world.actors["referent"].id,
            to_id=world.actors["referent_other"].id, state=state, agreed_on=clock.today(),
            goal_what="Un logement stable", sent_at=clock.now(), recommendation=word_of("fiche.text"),
        )  # fmt: skip
        db.session.add(fiche)
        return fiche

    return make


def version(world):
    """A version of the dossier as it was submitted."""
    found = keep_version(
        world.actors["referent"], world["dossier"], kind=VersionKind.SUBMITTED, made_on=clock.today()
    )
    world["dossier"].diagnosis.append(DiagnosisLine(item=DiagnosisItem.HOUSING, level=Level.FREIN))
    return found


def earlier(world):
    """A dossier with a diagnosis of before."""
    dossier = make_complete(place(world), DossierState.RETAINED)
    made_on = clock.today() - timedelta(days=90)
    keep_version(world.actors["referent"], dossier, kind=VersionKind.DIAGNOSIS, made_on=made_on)
    return dossier


def correction(world):
    """A correction that waits for its answer."""
    return ask_correction(world.actors["referent"], world["dossier"], text=word_of("correction.text"))


def person_link(world):
    """The link of a person, whose token is the word `personne`."""
    link = PersonLink(
        dossier_id=world["dossier"].id, token_hash=hashed("personne"), secret_hash=password_hash("12345678"),
        maker_id=world.actors["referent"].id, expires_at=clock.now() + timedelta(days=9),
    )  # fmt: skip
    db.session.add(link)
    return link


OBJECTS = {
    "version": version,
    "earlier": earlier,
    "correction": correction,
    "complete": complete_in(DossierState.DRAFT),
    "submitted": complete_in(DossierState.SUBMITTED),
    "in_exchange": complete_in(DossierState.EXCHANGE),
    "asked": complete_in(DossierState.TO_COMPLETE),
    "treated": complete_in(DossierState.TREATED),
    "remark": remark,
    "fiche": fiche_in(FicheState.DRAFT),
    "sent_fiche": fiche_in(FicheState.SENT),
    "accepted_fiche": fiche_in(FicheState.ACCEPTED),
}


def of_arles(world):
    """The territory on which a dossier is opened."""
    return {"territory_id": str(world.arles.id)}


def parts():
    """Each part of a draft, read and written by its référent alone."""
    for part in Part:
        args = {**DRAFT, "part": part.value}
        noted = part is Part.PERSON
        yield row("GET", "dossiers.parts.show", args, allows={"referent": 200}, note=part.value, traced=noted)
        yield row(
            "POST", "dossiers.parts.save", args, data={"version": "0"}, allows=WRITES, note=part.value,
        )  # fmt: skip
    args = {**DRAFT, "part": Part.QUESTION.value}
    yield row("POST", "dossiers.parts.presence", args, data={"page": "une"}, allows={"referent": 200})


def person_pages():
    """The page of the person: the link alone asks for the secret, whoever is signed in; no more opens."""
    opened = {"args": {"token": "personne"}, "state": person_link, "public": True}
    yield row("GET", "dossiers.personal.show", **opened, allows=each(ACTORS, 200))
    yield row("GET", "dossiers.personal.show", {"token": "inconnu"}, public=True, note="unknown")
    secret = {"secret": "12345678"}
    yield row("POST", "dossiers.personal.open_page", **opened, data=secret, allows=each(ACTORS, 303))
    yield row("POST", "dossiers.personal.close", **opened, allows=each(ACTORS, 303))
    yield row("GET", "dossiers.personal.confirm", **opened)
    for act in ("agree", "withdraw", "correct", "copy"):
        yield row("POST", f"dossiers.personal.{act}", **opened, data={"days": "90", "text": "Trois enfants"})


ROWS = [
    row("GET", "dossiers.index", allows=each([*HAND_OVER, "coordinator_elsewhere"], 200)),
    row("POST", "dossiers.create", data=of_arles, allows=each(["referent", "referent_other"], 303)),
    row("GET", "dossiers.show", DOSSIER, allows=SEES),
    row("GET", "dossiers.show", DRAFT, allows=SEES, note="draft"),
    row(
        "GET", "dossiers.show", {"dossier_id": "dossier_elsewhere"}, allows={"coordinator_elsewhere": 200},
        note="elsewhere",
    ),
    *parts(),
    row("GET", "dossiers.check", DRAFT, allows=SEES),
    row(
        "POST", "dossiers.submit", {"dossier_id": "complete"}, allows=WRITES, refuses=NOT_THE_COORDINATION,
    ),
    row("GET", "dossiers.presentation", DOSSIER, allows=SEES),
    row("GET", "dossiers.confirm", {"dossier_id": "retained", "name": "retirer"}, allows=SEES),
    row("POST", "dossiers.act", {"dossier_id": "retained", "name": "retirer"}, allows=DOES),
    row(
        "POST", "dossiers.act", {"dossier_id": "treated", "name": "clore"}, allows=COORDINATES,
        refuses=NOT_THE_REFERENT, note="close",
    ),
    row("GET", "dossiers.exchange.precisions", SUBMITTED, allows={"coordinator": 200}),
    row(
        "POST", "dossiers.exchange.ask", SUBMITTED, data={"remark_cadre": "Depuis quand ?"},
        allows=COORDINATES, refuses=NOT_THE_REFERENT,
    ),
    row("GET", "dossiers.exchange.remark", ASKED, allows=SEES),
    row(
        "POST", "dossiers.exchange.answer", ASKED, data={"answer": "Depuis mars"}, allows=WRITES,
        refuses=NOT_THE_COORDINATION,
    ),
    row("POST", "dossiers.exchange.wish", DRAFT, allows=WRITES, refuses=NOT_THE_COORDINATION),
    row("GET", "dossiers.exchange.talk", TALKING, allows={"coordinator": 200}),
    row(
        "POST", "dossiers.exchange.hold", TALKING, data=TALK, allows=COORDINATES, refuses=NOT_THE_REFERENT,
    ),
    row("GET", "dossiers.agreement.show", DOSSIER, allows=SEES),
    row(
        "POST", "dossiers.agreement.save", DRAFT, data={"info_given_on": TODAY, "info_form": "oral"},
        allows=WRITES, refuses=NOT_THE_COORDINATION,
    ),
    row("GET", "dossiers.agreement.confirm", DOSSIER, allows=SEES),
    row("POST", "dossiers.agreement.withdraw", DOSSIER, allows=DOES),
    row("GET", "dossiers.person.ask", DOSSIER, allows=SEES),
    row("POST", "dossiers.person.read", DOSSIER, data={"reason": "call"}, allows=SEES),
    row(
        "POST", "dossiers.fiche_relais.prepare", DOSSIER, allows=WRITES, refuses=NOT_THE_COORDINATION,
    ),
    row("GET", "dossiers.fiche_relais.show", FICHE, allows={"referent": 200}),
    row("GET", "dossiers.fiche_relais.show", SENT, allows=each(HAND_OVER, 200), note="sent", traced=True),
    row("GET", "dossiers.fiche_relais.review", FICHE, allows={"referent": 200}, traced=True),
    row(
        "POST", "dossiers.fiche_relais.save", FICHE, data={"version": "1", "goal_what": "Un logement"},
        allows=WRITES,
    ),
    row("POST", "dossiers.fiche_relais.send", FICHE, allows=WRITES),
    row(
        "POST", "dossiers.fiche_relais.accept", SENT, allows={"referent_other": 303},
        refuses=NOT_THE_REFERENT | NOT_THE_COORDINATION,
    ),
    row(
        "POST", "dossiers.fiche_relais.meeting", SENT, data={"meeting_on": TODAY},
        allows=each(HAND_OVER, 303),
    ),
    row(
        "POST", "dossiers.fiche_relais.appointment", {"fiche_id": "accepted_fiche"},
        data={"first_appointment_on": TODAY}, allows=each(HAND_OVER, 303),
    ),
    row("GET", "dossiers.fiche_relais.pdf", SENT, allows=each(HAND_OVER, 200), traced=True),
    row("GET", "dossiers.versions.index", DOSSIER, allows=SEES),
    row("GET", "dossiers.versions.show", VERSION, allows=SEES),
    row("GET", "dossiers.versions.evolution", {"dossier_id": "earlier"}, allows=SEES),
    row("GET", "dossiers.versions.timeline", DOSSIER, allows=SEES),
    row("POST", "dossiers.versions.renew", {"dossier_id": "complete"}, allows=WRITES),
    row("GET", "dossiers.rights.show", DOSSIER, allows=SEES),
    row(
        "POST", "dossiers.rights.give", DOSSIER, data={"days": "90"}, allows={"referent": 200},
        refuses=NOT_THE_COORDINATION,
    ),
    row("POST", "dossiers.rights.revoke", DOSSIER, allows=WRITES, refuses=NOT_THE_COORDINATION),
    row("POST", "dossiers.rights.export", DOSSIER, data={"format": "json"}, allows=SEES),
    row("POST", "dossiers.rights.export", DOSSIER, data={"format": "pdf"}, allows=SEES, note="pdf"),
    row(
        "POST", "dossiers.rights.ask", DOSSIER, data={"text": "Trois enfants"}, allows=WRITES,
        refuses=NOT_THE_COORDINATION,
    ),
    row(
        "POST", "dossiers.rights.answer", CORRECTION, data={"outcome": "done", "answer": "Fait"},
        allows=WRITES, refuses=NOT_THE_COORDINATION,
    ),
    *person_pages(),
]  # fmt: skip
