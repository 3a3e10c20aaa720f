"""The kinds of structures that sit in a commission."""

from commission_app.core.states import Labelled


class StructureKind(Labelled):
    """What a structure is, in the words of the partners."""

    POLE_INSERTION = "pole_insertion", "Pôle d’insertion du Département"
    FRANCE_TRAVAIL = "france_travail", "Agence France Travail"
    MISSION_LOCALE = "mission_locale", "Mission locale"
    CAP_EMPLOI = "cap_emploi", "Cap emploi"
    PLIE = "plie", "PLIE"
    CCAS = "ccas", "CCAS"
    MDS = "mds", "Maison des solidarités"
    SIAE = "siae", "Structure d’insertion par l’activité économique"
    HOUSING = "housing", "Logement et hébergement"
    HEALTH = "health", "Santé et soins"
    MOBILITY = "mobility", "Mobilité"
    CHILD_CARE = "child_care", "Garde d’enfants et famille"
    TRAINING = "training", "Organisme de formation"
    EMPLOYERS = "employers", "Entreprises et employeurs"
    ASSOCIATION = "association", "Association d’accompagnement"
    OTHER = "other", "Autre"


class SchoolZone(Labelled):
    """The zone whose school holidays the calendar avoids."""

    A = "A", "Zone A"
    B = "B", "Zone B"
    C = "C", "Zone C"
