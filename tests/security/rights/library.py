"""Rights on what the partners share, and on the catalogue of offers."""

from datetime import timedelta

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.library.documents.policies import can_sign_document, visible_documents
from commission_app.library.models import SharedDocument
from commission_app.library.policies import (
    can_change_model,
    can_keep_inventory,
    can_propose_term,
    can_publish_document,
    can_settle_terms,
    can_write_model,
    reads_everywhere,
)
from commission_app.library.situations.policies import visible_models
from commission_app.library.states import DocumentKind
from commission_app.offers.models import Offer
from commission_app.offers.policies import (
    can_create_offer,
    can_manage_offer,
    can_prescribe,
    visible_offers,
)
from tests.factories import make_binome
from tests.security.rights_table import PEOPLE, right, scope

COORDINATION = {"coordinator", "two_places", "all_here"}
MEMBERS = {"participant", "facilitator", "both", "moved", "closed"}
OF_ARLES = {"referent", "referent_other", *MEMBERS, *COORDINATION}
READS = {*OF_ARLES, "pilot", "pilot_here", "administrator"}


def document(kind, place=None):
    """A document of a kind, of a territory or of the département."""

    def make(world):
        found = SharedDocument(kind=kind, title="Document", territory=world[place] if place else None)
        db.session.add(found)
        return found

    return make


def cadres(world):
    """Léonie and Hugo lead a house at Arles; « both » led one that she left; Yves leads another's pair."""
    make_binome(world.arles, world.structure, world["participant"])
    make_binome(world.arles, world.other_structure, world["facilitator"])
    ended = make_binome(world.arles, world.structure, world["both"])
    ended.starts_on = clock.today() - timedelta(days=30)
    ended.ends_on = clock.today() - timedelta(days=1)
    return make_binome(world.arles, world["far_house"], world["referent"])


def offer(**values):
    """An offer of Arles."""

    def make(world):
        found = Offer(territory=world.arles, name="Navette", description="", search="navette")
        found.structure = world[values["structure"]] if "structure" in values else None
        db.session.add(found)
        return found

    return make


OBJECTS = {
    "cadres": cadres,
    "charte_here": document(DocumentKind.CHARTE, "arles"),
    "charte_far": document(DocumentKind.CHARTE, "aix"),
    "charte_all": document(DocumentKind.CHARTE),
    "news_here": document(DocumentKind.NEWS, "arles"),
    "bare_offer": offer(),
    "housed_offer": offer(structure="structure"),
}
SIGNS = {"participant", "facilitator"}

RIGHTS = [
    scope(visible_documents, "charte_here", yes=READS),
    scope(visible_documents, "charte_all", yes=PEOPLE),
    right(can_sign_document, "charte_here", yes=SIGNS),
    right(can_sign_document, "charte_all", yes=SIGNS),
    right(can_sign_document, "charte_far"),
    right(can_sign_document, "news_here", note="no signature"),
    right(can_propose_term, yes=set(PEOPLE) - {"expired", "nobody"}),
    right(can_settle_terms, yes={"administrator", "coordinator_elsewhere", "both", *COORDINATION}),
    right(can_publish_document, "arles.id", yes={"administrator", *COORDINATION}),
    right(can_publish_document, None, yes={"administrator"}),
    right(can_write_model, "arles.id", yes={*MEMBERS, *COORDINATION}),
    right(can_change_model, "arles.id", "participant.id", yes={"participant", *COORDINATION}),
    right(can_change_model, "arles.id", "referent.id", yes=COORDINATION, note="of who writes no more"),
    right(can_keep_inventory, "arles.id", yes=COORDINATION),
    right(reads_everywhere, yes={"pilot", "administrator"}),
    scope(visible_models, "model", yes=set(PEOPLE) - {"expired", "nobody"}),
    scope(visible_offers, "bare_offer", yes=READS - {"administrator"}),
    right(can_create_offer, "arles.id", yes=COORDINATION),
    right(can_manage_offer, "bare_offer", yes=COORDINATION),
    right(can_manage_offer, "housed_offer", yes={"referent", "participant", "both", *COORDINATION}),
    right(
        can_prescribe,
        "bare_offer",
        yes={"referent", "referent_other", "participant", "facilitator", "both", "coordinator"},
    ),
]
