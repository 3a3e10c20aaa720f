"""Addresses of the shared library: lexique, documents, models, inventory."""

from commission_app.library.documents.services import create_document
from commission_app.library.inventory.services import add_commission
from commission_app.library.lexique.services import propose_definition
from commission_app.library.situations.services import create_model
from commission_app.library.states import DocumentKind
from tests.factories import make_binome
from tests.security.matrix import EVERYONE, each, row

COORDINATIONS = ("coordinator", "coordinator_elsewhere")
SETTLERS = (*COORDINATIONS, "administrator")
OF_ARLES = ("referent", "referent_other", "coordinator", "participant", "facilitator")
DOCUMENT, MODEL = {"document_id": "charte"}, {"model_id": "model"}
PROPOSAL, COMMISSION = {"proposal_id": "proposal"}, {"commission_id": "commission"}
DEFINED = {"word": "Relais", "definition": "Passage d’un référent à un autre."}
NEXT_TEXT = {"text": "Texte suivant", "after": "1", "confirmed": "y"}
PURPOSE = {"name": "Commission logement", "purpose": "Attribuer les places.", "version": "1"}
SITUATION = {
    "title": "Horaires décalés",
    "pattern": "Un emploi à six heures, aucune garde avant huit heures.",
    "what_worked": "Une place réservée.",
    "freins": ["garde_enfants"],
    "needed": [],
}
DOES, ELSEWHERE = {"coordinator": 303}, {"coordinator_elsewhere": 422}


def others(*actors):
    """Everybody signed in but these."""
    return [actor for actor in EVERYONE if actor not in actors]


def charte(world):
    """The charte of Arles; Léonie, cadre of the CCAS, signs for it."""
    make_binome(world.arles, world.structure, world.actors["participant"])
    nora = world.actors["coordinator"]
    return create_document(
        nora, kind=DocumentKind.CHARTE, title="Charte", territory_id=world.arles.id, text="Un texte"
    )


def proposal(world):
    """A definition that waits for an answer."""
    return propose_definition(world.actors["referent"], **DEFINED)


def model(world):
    """A model that Léonie wrote."""
    return create_model(world.actors["participant"], territory_id=world.arles.id, **SITUATION)


def commission(world):
    """A commission of Arles."""
    return add_commission(
        world.actors["coordinator"], territory_id=world.arles.id, name="Logement", purpose="Attribuer"
    )


def first_text(world):
    """A document of Arles."""
    return {"kind": "charte", "title": "Charte", "territory_id": world.arles.id, **NEXT_TEXT}


def situation(world):
    """A model of Arles."""
    return {**SITUATION, "territory_id": world.arles.id}


OBJECTS = {"charte": charte, "proposal": proposal, "model": model, "commission": commission}

ROWS = [
    row("GET", "library.lexique", allows=each(EVERYONE, 200)),
    row("GET", "library.propose", allows=each(others("expired"), 200)),
    row("POST", "library.create_proposal", data=DEFINED, allows=each(others("expired"), 303)),
    row(
        "POST",
        "library.accept",
        PROPOSAL,
        data={"etat": "validated"},
        allows=each(SETTLERS, 303),
    ),
    row("POST", "library.decline", PROPOSAL, allows=each(SETTLERS, 303)),
    row("GET", "library.documents", allows=each(EVERYONE, 200)),
    row("GET", "library.new_document", allows=each(SETTLERS, 200)),
    row(
        "POST",
        "library.create",
        data=first_text,
        allows=each(["coordinator", "administrator"], 303),
        refuses=ELSEWHERE,
    ),
    row(
        "POST",
        "library.create",
        data={**NEXT_TEXT, "kind": "charte", "title": "Charte", "territory_id": ""},
        allows={"administrator": 303},
        refuses=each(COORDINATIONS, 422),
        note="for the département",
    ),
    row("GET", "library.document", DOCUMENT, allows=each([*OF_ARLES, "pilot", "administrator"], 200)),
    row("GET", "library.edit_document", DOCUMENT, allows=each(["coordinator", "administrator"], 200)),
    row(
        "POST",
        "library.publish",
        DOCUMENT,
        data=NEXT_TEXT,
        allows=each(["coordinator", "administrator"], 303),
    ),
    row(
        "POST",
        "library.sign",
        DOCUMENT,
        data={"version": "1"},
        allows={"participant": 303},
        refuses=each(
            ["referent", "referent_other", "coordinator", "facilitator", "pilot", "administrator"], 403
        ),
    ),
    row("GET", "library.models", allows=each(EVERYONE, 200)),
    row("GET", "library.new_model", allows=each([*COORDINATIONS, "participant", "facilitator"], 200)),
    row(
        "POST",
        "library.create_one_model",
        data=situation,
        allows=each(["coordinator", "participant", "facilitator"], 303),
        refuses=ELSEWHERE,
    ),
    row("GET", "library.model", MODEL, allows=each(others("expired"), 200)),
    row("GET", "library.edit_model", MODEL, allows=each(["coordinator", "participant"], 200)),
    row(
        "POST",
        "library.save_model",
        MODEL,
        data={**SITUATION, "version": "1"},
        allows=each(["coordinator", "participant"], 303),
    ),
    row("GET", "library.inventory", allows=each(others("expired"), 200)),
    row("GET", "library.new_commission", allows=each(COORDINATIONS, 200)),
    row("POST", "library.create_commission", data=PURPOSE, allows=each(COORDINATIONS, 303)),
    row("GET", "library.edit_commission", COMMISSION, allows={"coordinator": 200}),
    row("POST", "library.save_commission", COMMISSION, data=PURPOSE, allows=DOES),
    row("POST", "library.delete_commission", COMMISSION, allows=DOES),
]
