"""Three territories of the Bouches-du-Rhône, by their real communes, and the structures that act there."""

from dataclasses import dataclass

from commission_app.binomes.states import Competence as C
from commission_app.territories.states import StructureKind as K


@dataclass(frozen=True)
class Place:
    """A territory: its code, its name, the INSEE codes of its communes, where its commission meets."""

    code: str
    name: str
    communes: tuple[str, ...]
    room: str
    access: str


@dataclass(frozen=True)
class House:
    """A structure: what it is, where it acts, what it brings, its cadre and its technicien by key."""

    key: str
    name: str
    kind: K
    insee: str
    territories: tuple[str, ...]
    brings: tuple[C, ...]
    cadre: str
    technicien: str = ""


PLACES = (
    Place(
        "ARL", "Arles – Crau – Camargue",
        ("13004", "13108", "13097", "13078", "13096", "13038", "13017", "13061", "13057"),
        "Salle des Alyscamps, Pôle d’insertion d’Arles",
        "Parking gratuit à l’arrière. Ligne 3, arrêt « Les Alyscamps ». Entrée de plain-pied.",
    ),
    Place(
        "ETB", "Étang de Berre",
        ("13056", "13047", "13117", "13054", "13063", "13039", "13014", "13077", "13081", "13026", "13098",
         "13092"),
        "Salle de l’Île, Pôle d’insertion de l’Étang de Berre, Martigues",
        "Parking du canal à trois minutes à pied. Ascenseur à gauche de l’entrée.",
    ),
    Place(
        "AIX", "Pays d’Aix – Durance",
        ("13001", "13041", "13015", "13050", "13080", "13110", "13087", "13059", "13074", "13113", "13071",
         "13048", "13040", "13091"),
        "Salle Sainte-Victoire, Pôle d’insertion d’Aix",
        "Bus A, arrêt « Encagnane ». Places réservées aux personnes à mobilité réduite devant l’entrée.",
    ),
)  # fmt: skip

ARL, ETB, AIX = ("ARL",), ("ETB",), ("AIX",)

HOUSES = (
    House("pole-arl", "Pôle d’insertion d’Arles", K.POLE_INSERTION, "13004", ARL,
          (C.RIGHTS, C.BUDGET, C.FAMILY), "clarisse", "edmond"),
    House("ft-arl", "France Travail Arles", K.FRANCE_TRAVAIL, "13004", ARL,
          (C.COMPANIES, C.TRAINING), "gaspard", "bastien"),
    House("ml-arl", "Mission locale Crau-Camargue", K.MISSION_LOCALE, "13004", ARL,
          (C.YOUTH, C.TRAINING, C.MOBILITY), "ambre", "salome"),
    House("cap-arl", "Cap emploi Pays d’Arles", K.CAP_EMPLOI, "13004", ARL,
          (C.DISABILITY, C.COMPANIES), "yves", "lila"),
    House("plie-arl", "PLIE Rhône-Crau", K.PLIE, "13097", ARL,
          (C.TRAINING, C.LANGUAGE, C.COMPANIES), "solal", "judith"),
    House("ccas-arl", "CCAS d’Arles", K.CCAS, "13004", ARL,
          (C.CHILD_CARE, C.RIGHTS), "octave", "leonie"),
    House("mas", "Le Mas des Possibles", K.HOUSING, "13004", ARL,
          (C.HOUSING,), "maud", "aubin"),
    House("sante", "Équipe mobile santé Camargue", K.HEALTH, "13078", ARL,
          (C.HEALTH,), "firmin"),
    House("crau", "Terre de Crau", K.SIAE, "13097", ARL,
          (C.IAE,), "regis", "manon"),
    House("petits", "Relais des Petits Pas", K.CHILD_CARE, "13108", ARL,
          (C.CHILD_CARE, C.FAMILY), "berengere", "noe"),
    House("mob", "Mobilité Rhône-Sud", K.MOBILITY, "13097", ("ARL", "ETB"),
          (C.MOBILITY,), "aurore", "hugo"),
    House("savoirs", "Atelier des Savoirs de Provence", K.TRAINING, "13001", ("ARL", "ETB", "AIX"),
          (C.LANGUAGE, C.DIGITAL, C.TRAINING), "colette", "samir"),
    House("pole-etb", "Pôle d’insertion de l’Étang de Berre", K.POLE_INSERTION, "13056", ETB,
          (C.RIGHTS, C.BUDGET), "victor", "capucine"),
    House("ft-etb", "France Travail Martigues", K.FRANCE_TRAVAIL, "13056", ETB,
          (C.COMPANIES, C.TRAINING), "rose", "malo"),
    House("ml-etb", "Mission locale Rives de Berre", K.MISSION_LOCALE, "13117", ETB,
          (C.YOUTH, C.TRAINING), "theodore", "nina"),
    House("plie-etb", "PLIE Berre-Istres", K.PLIE, "13047", ETB,
          (C.TRAINING, C.COMPANIES), "agathe", "ilan"),
    House("ccas-etb", "CCAS de Vitrolles", K.CCAS, "13117", ETB,
          (C.RIGHTS, C.CHILD_CARE), "lucien", "sarah"),
    House("mds-etb", "Maison des solidarités d’Istres", K.MDS, "13047", ETB,
          (C.FAMILY, C.BUDGET), "helene", "tom"),
    House("toits", "Toits de l’Étang", K.HOUSING, "13056", ETB,
          (C.HOUSING,), "marius", "lou"),
    House("sel", "Chantiers du Sel", K.SIAE, "13014", ETB,
          (C.IAE,), "jeanne", "ismael"),
    House("ruche", "La Ruche des Petits", K.CHILD_CARE, "13054", ETB,
          (C.CHILD_CARE,), "odile", "faustine"),
    House("soins", "Équipe santé de l’Étang", K.HEALTH, "13117", ETB,
          (C.HEALTH,), "denis", "louise"),
    House("club", "Club d’entreprises Berre-Durance", K.EMPLOYERS, "13081", ("ETB", "AIX"),
          (C.COMPANIES,), "armand"),
    House("cap-aix", "Cap emploi Berre et Durance", K.CAP_EMPLOI, "13001", ("ETB", "AIX"),
          (C.DISABILITY,), "irene", "gabin"),
    House("pole-aix", "Pôle d’insertion d’Aix", K.POLE_INSERTION, "13001", AIX,
          (C.RIGHTS, C.BUDGET), "apolline", "remi"),
    House("ft-aix", "France Travail Aix-Durance", K.FRANCE_TRAVAIL, "13001", AIX,
          (C.COMPANIES, C.TRAINING), "paola", "ferdinand"),
    House("ml-aix", "Mission locale Durance-Victoire", K.MISSION_LOCALE, "13001", AIX,
          (C.YOUTH, C.MOBILITY), "sixtine", "elzear"),
    House("bastide", "La Bastide Solidaire", K.ASSOCIATION, "13041", AIX,
          (C.HOUSING, C.JUSTICE), "lazare", "oriane"),
)  # fmt: skip
