"""States of the lexique's terms, kinds of shared documents, and the words of the socle commun."""

from commission_app.core.states import Labelled


class TermState(Labelled):
    """Whether the partners agreed on a word."""

    VALIDATED = "validated", "Terme validé", "ok", "check-circle"
    DISCUSSED = "discussed", "Terme en discussion", "warn", "chat-dots"


class DocumentKind(Labelled):
    """What a shared document is."""

    CHARTE = "charte", "Charte de fonctionnement"
    PROTOCOLE = "protocole", "Protocole"
    LABEL = "label", "Engagements du label"
    NEWS = "news", "Nouvelle d’un dispositif"


class DiagnosisItem(Labelled):
    """What the diagnosis of the socle commun looks at; a frein in one of these is what models speak of."""

    FAMILY = "famille", "Situation familiale et sociale"
    FINANCES = "finances", "Finances"
    ADMINISTRATIVE = "administratif", "Situation administrative"
    HOUSING = "logement", "Logement"
    HEALTH = "sante", "Santé (obstacles déclarés)"
    CHILD_CARE = "garde_enfants", "Garde d’enfants"
    MOBILITY = "mobilite", "Mobilité"
    LANGUAGE = "langue", "Langue"
    INTERESTS = "interets", "Centres d’intérêt"
    PERSONAL_EXPECTATIONS = "attentes_personnelles", "Attentes personnelles"
    EXPERIENCE = "experience", "Parcours et expérience"
    SKILLS = "competences", "Compétences et formation"
    DIGITAL = "numerique", "Aisance numérique"
    STRENGTHS = "atouts", "Atouts professionnels"
    DIFFICULTIES = "difficultes", "Difficultés professionnelles"
    WORK_EXPECTATIONS = "attentes_professionnelles", "Attentes professionnelles"
    ASPIRATIONS = "aspirations", "Aspirations et capacités"
    PLACE = "place", "Place dans le parcours proposé"
