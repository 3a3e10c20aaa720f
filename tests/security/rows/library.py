"""Addresses of what the partners share: lexique, documents, models of situations, inventory."""

from commission_app.core.db import db
from commission_app.library.documents.services import create_document
from commission_app.library.lexique.services import propose_definition
from commission_app.library.models import ExistingCommission
from commission_app.library.situations.services import create_model
from commission_app.library.states import DocumentKind
from tests.factories import make_binome
from tests.security.matrix import EVERYONE, each, row

COORDINATORS = ("coordinator", "coordinator_elsewhere")
SETTLERS = (*COORDINATORS, "administrator")
PUBLISHERS = ("coordinator", "administrator")
OF_ARLES = ("referent", "referent_other", "coordinator", "participant", "facilitator")
READS_ARLES = (*OF_ARLES, "pilot", "administrator")
READERS = (*READS_ARLES, "coordinator_elsewhere")
MAKERS_OF_ARLES = ("coordinator", "participant", "facilitator")
COMMISSION = {"commission_id": "existing_commission"}
DOCUMENT = {"document_id": "document"}
DOCUMENT_OF_ALL = {"document_id": "document_of_all"}
MODEL = {"model_id": "model"}
PROPOSAL = {"proposal_id": "proposal"}
WHAT_IT_IS = {
    "version": "1", "name": "CISP", "purpose": "Suivre", "organiser": "", "frequency": "", "merge_idea": "",
}  # fmt: skip
TEXTS = {"title": "Sans permis", "pattern": "Horaires décalés", "what_worked": "Une navette"}
NEXT_VERSION = {"text": "Nous nous engageons mieux", "after": "1", "confirmed": "1"}


def but(actors, *allowed):
    """Those who see the object and may not do this to it."""
    return each([actor for actor in actors if actor not in allowed], 403)


def existing_commission(world):
    """A commission that exists in Arles."""
    found = ExistingCommission(territory_id=world.arles.id, name="CISO", purpose="Orienter")
    db.session.add(found)
    return found


def document(world):
    """The charte of Arles."""
    coordinator = world.actors["coordinator"]
    return create_document(
        coordinator, kind=DocumentKind.CHARTE, title="Charte", territory_id=world.arles.id, text="Ensemble"
    )


def document_of_all(world):
    """The protocole of the département."""
    administrator = world.actors["administrator"]
    return create_document(
        administrator, kind=DocumentKind.PROTOCOLE, title="Protocole", territory_id=None, text="Ensemble"
    )


def model(world):
    """A model that Léonie wrote for Arles."""
    values = {"territory_id": world.arles.id, "freins": [], "needed": [], **TEXTS}
    return create_model(world.actors["participant"], **values)


def proposal(world):
    """A word that Inès proposes."""
    return propose_definition(world.actors["referent"], word="Tiers-lieu", definition="Un lieu partagé")


def with_cadre(world):
    """Léonie is the cadre of the CCAS."""
    make_binome(world.arles, world.structure, world.actors["participant"])


def new_document(world):
    """A document of Arles, confirmed."""
    text = {"text": "Ensemble", "confirmed": "1"}
    return {"kind": "charte", "title": "Charte", "territory_id": world.arles.id, **text}


def new_document_of_all(world):
    """A document of the whole département, confirmed."""
    return new_document(world) | {"territory_id": ""}


def new_model(world):
    """A model of Arles."""
    return TEXTS | {"version": "1", "territory_id": world.arles.id}


OBJECTS = {
    "existing_commission": existing_commission,
    "document": document,
    "document_of_all": document_of_all,
    "model": model,
    "proposal": proposal,
}

INVENTORY = [
    row("GET", "library.inventory", allows=each(READERS, 200)),
    row("GET", "library.new_commission", allows=each(COORDINATORS, 200)),
    row("POST", "library.create_commission", data=WHAT_IT_IS, allows=each(COORDINATORS, 303)),
    row("GET", "library.edit_commission", COMMISSION, allows={"coordinator": 200}),
    row("POST", "library.save_commission", COMMISSION, data=WHAT_IT_IS, allows={"coordinator": 303}),
    row("POST", "library.delete_commission", COMMISSION, allows={"coordinator": 303}),
]

DOCUMENTS = [
    row("GET", "library.documents", allows=each(EVERYONE, 200)),
    row("GET", "library.document", DOCUMENT, allows=each(READS_ARLES, 200)),
    row("GET", "library.document", DOCUMENT_OF_ALL, allows=each(EVERYONE, 200), note="of the département"),
    row("GET", "library.new_document", allows=each(SETTLERS, 200)),
    row(
        "POST",
        "library.create",
        data=new_document,
        allows=each(PUBLISHERS, 303),
        refuses={"coordinator_elsewhere": 422},
    ),
    row(
        "POST",
        "library.create",
        data=new_document_of_all,
        allows={"administrator": 303},
        refuses=each(COORDINATORS, 403),
        note="for the département",
    ),
    row("GET", "library.edit_document", DOCUMENT, allows=each(PUBLISHERS, 200)),
    row(
        "GET",
        "library.edit_document",
        DOCUMENT_OF_ALL,
        allows={"administrator": 200},
        note="of the département",
    ),
    row("POST", "library.publish", DOCUMENT, data=NEXT_VERSION, allows=each(PUBLISHERS, 303)),
    row(
        "POST",
        "library.publish",
        DOCUMENT_OF_ALL,
        data=NEXT_VERSION,
        allows={"administrator": 303},
        note="of the département",
    ),
    row(
        "POST",
        "library.sign",
        DOCUMENT,
        data={"version": "1"},
        state=with_cadre,
        allows={"participant": 303},
        refuses=but(READS_ARLES, "participant"),
    ),
    row(
        "POST",
        "library.sign",
        DOCUMENT_OF_ALL,
        data={"version": "1"},
        state=with_cadre,
        allows={"participant": 303},
        refuses=but(EVERYONE, "participant"),
        note="of the département",
    ),
]

LEXIQUE = [
    row("GET", "library.lexique", allows=each(EVERYONE, 200)),
    row("GET", "library.propose", allows=each(EVERYONE, 200)),
    row(
        "POST",
        "library.create_proposal",
        data={"word": "Passerelle", "definition": "Ce qui relie"},
        allows=each(EVERYONE, 303),
    ),
    row(
        "POST",
        "library.accept",
        PROPOSAL,
        data={"etat": "validated"},
        allows=each(SETTLERS, 303),
        refuses=but(EVERYONE, *SETTLERS),
    ),
    row("POST", "library.decline", PROPOSAL, allows=each(SETTLERS, 303), refuses=but(EVERYONE, *SETTLERS)),
]

MODELS = [
    row("GET", "library.models", allows=each(EVERYONE, 200)),
    row("GET", "library.model", MODEL, allows=each(READERS, 200)),
    row("GET", "library.new_model", allows=each((*MAKERS_OF_ARLES, "coordinator_elsewhere"), 200)),
    row(
        "POST",
        "library.create_one_model",
        data=new_model,
        allows=each(MAKERS_OF_ARLES, 303),
        refuses={"coordinator_elsewhere": 422},
    ),
    row("GET", "library.edit_model", MODEL, allows={"participant": 200, "coordinator": 200}),
    row(
        "POST",
        "library.save_model",
        MODEL,
        data=TEXTS | {"version": "1"},
        allows={"participant": 303, "coordinator": 303},
    ),
]

ROWS = [*INVENTORY, *DOCUMENTS, *LEXIQUE, *MODELS]
