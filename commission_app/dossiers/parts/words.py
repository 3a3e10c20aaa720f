"""The words of the lexique that each part uses, as the partners define them today."""

from sqlalchemy import select

from commission_app.core.db import db
from commission_app.dossiers.states import Part
from commission_app.library.models import Term

WORDS: dict[Part, tuple[str, ...]] = {
    Part.FRAME: ("referent-d-etape", "etape", "contrat-d-engagement", "engagement"),
    Part.PERSON: ("personne-concernee", "confidentialite"),
    Part.BLOCK: ("situation-bloquee", "frein", "offre-d-insertion"),
    Part.DIAGNOSIS: ("diagnostic", "socle-commun-de-diagnostic", "frein", "approche-globale"),
    Part.PARCOURS: ("parcours", "etape", "referent-d-etape", "fluidite-des-parcours"),
    Part.ATTEMPTS: ("cisp", "ciso", "partenariat"),
    Part.QUESTION: ("commission", "apports-de-la-commission", "urgence"),
}


def terms_of(part: Part) -> dict[str, Term]:
    """The terms of a part by slug, in the order of the table; a word that the lexique lost is left out."""
    found = {term.slug: term for term in db.session.scalars(select(Term).where(Term.slug.in_(WORDS[part])))}
    return {slug: found[slug] for slug in WORDS[part] if slug in found}
