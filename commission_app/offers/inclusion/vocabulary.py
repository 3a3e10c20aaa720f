"""Which freins of the socle commun a category of data·inclusion answers."""

from collections.abc import Iterable

from commission_app.dossiers.states import DiagnosisItem

Item = DiagnosisItem

FREINS_OF: dict[str, tuple[DiagnosisItem, ...]] = {
    "difficultes-financieres": (Item.FINANCES,),
    "equipement-et-alimentation": (Item.FINANCES,),
    "difficultes-administratives-ou-juridiques": (Item.ADMINISTRATIVE,),
    "logement-hebergement": (Item.HOUSING,),
    "sante": (Item.HEALTH,),
    "famille": (Item.FAMILY,),
    "mobilite": (Item.MOBILITY,),
    "lecture-ecriture-calcul": (Item.LANGUAGE,),
    "numerique": (Item.DIGITAL,),
    "se-former": (Item.SKILLS,),
    "choisir-un-metier": (Item.ASPIRATIONS,),
    "preparer-sa-candidature": (Item.DIFFICULTIES,),
    "trouver-un-emploi": (Item.EXPERIENCE,),
    "creer-une-entreprise": (Item.WORK_EXPECTATIONS,),
    "remobilisation": (Item.INTERESTS,),
}
#: Thématiques that answer something else than their category.
FINER = {"famille--garde-denfants": (Item.CHILD_CARE,)}


def freins_of(thematiques: Iterable[str]) -> list[str]:
    """The freins (DiagnosisItem values) that these thématiques answer."""
    found = {
        item.value
        for value in thematiques
        for item in FINER.get(value, FREINS_OF.get(value.partition("--")[0], ()))
    }
    return sorted(found)
