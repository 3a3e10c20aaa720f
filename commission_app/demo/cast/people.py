"""The people of the demonstration: plants and places of Provence, so that nobody takes them for real."""

from dataclasses import dataclass

from commission_app.accounts.states import Role

REFERENT, COORDINATION, MEMBER = Role.REFERENT, Role.COORDINATOR, Role.PARTICIPANT
PILOT, ADMINISTRATION = Role.PILOT, Role.ADMINISTRATOR


@dataclass(frozen=True)
class Somebody:
    """A person: name, function, structure by key, and the roles besides the seat that a binôme gives.

    `roles` pairs a role with the code of a territory ('' for the whole département).
    """

    key: str
    first_name: str
    last_name: str
    job: str
    house: str = ""
    roles: tuple[tuple[Role, str], ...] = ()


def _(key: str, name: str, job: str, house: str = "", *roles: tuple[Role, str]) -> Somebody:
    first_name, _space, last_name = name.partition(" ")
    return Somebody(key, first_name, last_name, job, house, roles)


PEOPLE = (
    _("zoe", "Zoé Restanque", "Administration de la plateforme", "", (ADMINISTRATION, "")),
    _("anselme", "Anselme Cabanon", "Direction de l’insertion du Département", "", (PILOT, "")),
    _("mireille", "Mireille Sainte-Baume", "Pilotage territorial", "", (PILOT, "ETB")),
    # Arles – Crau – Camargue
    _("nora", "Nora Calanque", "Coordinatrice SPIE", "pole-arl", (COORDINATION, "ARL")),
    _("ines", "Inès Lavandin", "Référente d’étape", "pole-arl", (REFERENT, "ARL")),
    _("clarisse", "Clarisse Verdon", "Cadre du pôle", "pole-arl"),
    _("edmond", "Edmond Roselière", "Travailleur social", "pole-arl", (REFERENT, "ARL")),
    _("gaspard", "Gaspard Alpilles", "Directeur d’agence adjoint", "ft-arl"),
    _("bastien", "Bastien Tamaris", "Conseiller, accompagnement global", "ft-arl", (REFERENT, "ARL")),
    _("ambre", "Ambre Vaccarès", "Directrice de l’accompagnement", "ml-arl"),
    _("salome", "Salomé Garrigue", "Conseillère en insertion", "ml-arl", (REFERENT, "ARL")),
    _("yves", "Yves Mistralet", "Responsable de service", "cap-arl"),
    _("lila", "Lila Figueraie", "Conseillère emploi et handicap", "cap-arl"),
    _("solal", "Solal Micocoulier", "Responsable du PLIE", "plie-arl"),
    _("judith", "Judith Câprier", "Accompagnatrice à l’emploi", "plie-arl", (REFERENT, "ARL")),
    _("octave", "Octave Salicorne", "Directeur adjoint", "ccas-arl"),
    _("leonie", "Léonie Romarin", "Travailleuse sociale", "ccas-arl", (REFERENT, "ARL")),
    _("maud", "Maud Sarriette", "Cheffe de service", "mas"),
    _("aubin", "Aubin Cigalon", "Intervenant logement", "mas"),
    _("elia", "Élia Genêt", "Intervenante logement", "mas", (MEMBER, "ARL")),
    _("firmin", "Firmin Estragon", "Cadre de santé", "sante"),
    _("regis", "Régis Fenouillet", "Directeur du chantier", "crau"),
    _("manon", "Manon Jujubier", "Accompagnatrice socioprofessionnelle", "crau"),
    _("berengere", "Bérengère Serpolet", "Directrice du relais", "petits"),
    _("noe", "Noé Liseron", "Animateur petite enfance", "petits"),
    _("aurore", "Aurore Bastidon-Montmajour", "Directrice", "mob"),
    _("hugo", "Hugo Santoline", "Conseiller mobilité", "mob"),
    _("colette", "Colette Marjolaine", "Responsable pédagogique", "savoirs"),
    _("samir", "Samir Basilic", "Formateur", "savoirs"),
    # Étang de Berre
    _("ondine", "Ondine Martigal", "Coordinatrice SPIE", "pole-etb", (COORDINATION, "ETB")),
    _("victor", "Victor Térébinthe", "Cadre du pôle", "pole-etb"),
    _("capucine", "Capucine Lentisque", "Référente d’étape", "pole-etb", (REFERENT, "ETB")),
    _("rose", "Rose Églantine", "Directrice d’agence adjointe", "ft-etb"),
    _("malo", "Malo Genévrier", "Conseiller, accompagnement global", "ft-etb", (REFERENT, "ETB")),
    _("theodore", "Théodore Cyprès", "Responsable de secteur", "ml-etb"),
    _("nina", "Nina Immortelle", "Conseillère en insertion", "ml-etb", (REFERENT, "ETB")),
    _("agathe", "Agathe Sainfoin", "Responsable du PLIE", "plie-etb"),
    _("ilan", "Ilan Pistachier", "Accompagnateur à l’emploi", "plie-etb", (REFERENT, "ETB")),
    _("lucien", "Lucien Serpentine", "Directeur adjoint", "ccas-etb"),
    _("sarah", "Sarah Bellombre", "Travailleuse sociale", "ccas-etb"),
    _("helene", "Hélène Bruyère", "Responsable territoriale", "mds-etb"),
    _("tom", "Tom Coquelicot", "Travailleur social", "mds-etb"),
    _("marius", "Marius Tamarisque", "Chef de service", "toits"),
    _("lou", "Lou Anémone", "Intervenante logement", "toits"),
    _("jeanne", "Jeanne Saladelle", "Directrice du chantier", "sel"),
    _("ismael", "Ismaël Roselet", "Encadrant technique", "sel"),
    _("odile", "Odile Guimauve", "Directrice de crèche", "ruche"),
    _("faustine", "Faustine Mimosa", "Éducatrice de jeunes enfants", "ruche"),
    _("denis", "Denis Millepertuis", "Cadre de santé", "soins"),
    _("louise", "Louise Camomille", "Infirmière de l’équipe mobile", "soins"),
    _("armand", "Armand Cigale", "Animateur du club", "club"),
    _("irene", "Irène Arbousier", "Responsable de service", "cap-aix"),
    _("gabin", "Gabin Asphodèle", "Conseiller emploi et handicap", "cap-aix"),
    # Pays d’Aix – Durance
    _("florent", "Florent Vauvenargue", "Coordinateur SPIE", "pole-aix", (COORDINATION, "AIX")),
    _("apolline", "Apolline Garance", "Cadre du pôle", "pole-aix"),
    _("remi", "Rémi Thymelée", "Référent d’étape", "pole-aix", (REFERENT, "AIX")),
    _("paola", "Paola Bourrache", "Directrice d’agence adjointe", "ft-aix"),
    _("ferdinand", "Ferdinand Ciste", "Conseiller, accompagnement global", "ft-aix", (REFERENT, "AIX")),
    _("sixtine", "Sixtine Clairette", "Responsable de secteur", "ml-aix"),
    _("elzear", "Elzéar Chênevert", "Conseiller en insertion", "ml-aix", (REFERENT, "AIX")),
    _("lazare", "Lazare Pinède", "Directeur", "bastide"),
    _("oriane", "Oriane Cardabelle", "Juriste", "bastide"),
)

#: One sentence on what to try first, for those through whom the platform shows itself best.
TO_TRY = {
    "nora": "Composez l’ordre du jour : il déborde de 30 minutes et il manque le logement.",
    "ines": "Ouvrez « Mes dossiers » : un brouillon à finir, une précision demandée, un dossier inscrit.",
    "salome": "Vous co-animez la prochaine session d’Arles : regardez où en est sa préparation.",
    "yves": "Vous co-animez avec Salomé Garrigue : lisez l’ordre du jour et les situations partagées.",
    "leonie": "Lisez les situations de la prochaine session et donnez un avis écrit au nom du CCAS.",
    "hugo": "Membre de deux commissions : répondez à une convocation, faites avancer une action en retard.",
    "maud": "Une demande urgente vous est adressée : prenez-la en charge.",
    "rose": "Ouvrez le pupitre de la session en direct : vous avez la main.",
    "theodore": "Ouvrez le pupitre de la session en direct, puis prenez la main à Rose Églantine.",
    "lou": "Suivez la session en direct : une décision est relue, dites ce que vous en pensez.",
    "tom": "Suivez la session en direct et levez la main.",
    "capucine": "Votre situation est étudiée en ce moment : suivez la session en direct.",
    "ondine": "Affichez l’écran de salle de la session en direct et suivez les présences.",
    "florent": "Relisez les dates proposées pour l’an prochain, puis publiez le calendrier.",
    "remi": "Commencez un dossier : la trame commune vous guide en sept parties.",
    "anselme": "Comparez les territoires et répondez à une remontée.",
    "mireille": "Lisez les indicateurs de l’Étang de Berre.",
    "zoe": "Ouvrez un compte, importez des structures, voyez les courriels en attente.",
}
