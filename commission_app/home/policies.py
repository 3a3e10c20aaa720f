"""Which entries of the menu a person sees: what one is decides what one comes for."""

from dataclasses import dataclass

from commission_app.accounts.models import User
from commission_app.accounts.states import Role


@dataclass(frozen=True)
class Entry:
    """A place in the menu: its label and the endpoint behind it."""

    label: str
    endpoint: str


HOME = Entry("Accueil", "home.show")
DOSSIERS = Entry("Dossiers", "dossiers.index")
MY_DOSSIERS = Entry("Mes dossiers", "dossiers.index")
SESSIONS = Entry("Sessions", "sessions.index")
ACTIONS = Entry("Actions", "followup.board")
REMONTEES = Entry("Remontées", "remontees.index")
OFFERS = Entry("Offres d’insertion", "offers.index")
BINOMES = Entry("Binômes", "binomes.index")
SOLVED = Entry("Situations résolues", "library.models")
INDICATORS = Entry("Indicateurs", "indicators.show")
DOCUMENTS = Entry("Documents", "library.documents")
TERRITORIES = Entry("Territoires", "territories.index")
STRUCTURES = Entry("Structures", "structures.index")
ACCOUNTS = Entry("Comptes", "accounts.index")
MAILS = Entry("Courriels", "mail_watch.index")

MENUS = {
    Role.COORDINATOR: (HOME, DOSSIERS, SESSIONS, ACTIONS, OFFERS, BINOMES, INDICATORS, DOCUMENTS),
    Role.REFERENT: (HOME, MY_DOSSIERS, SESSIONS, ACTIONS, OFFERS, BINOMES, SOLVED),
    Role.PARTICIPANT: (HOME, SESSIONS, ACTIONS, OFFERS, BINOMES, SOLVED, DOCUMENTS),
    Role.PILOT: (HOME, SESSIONS, ACTIONS, REMONTEES, OFFERS, INDICATORS, DOCUMENTS),
    Role.ADMINISTRATOR: (HOME, TERRITORIES, STRUCTURES, ACCOUNTS, MAILS, DOCUMENTS),
}

TITLES = {
    Role.COORDINATOR: "Accueil de la coordination",
    Role.REFERENT: "Accueil, référent d’étape",
    Role.PARTICIPANT: "Accueil de la commission",
    Role.PILOT: "Accueil du pilotage",
    Role.ADMINISTRATOR: "Accueil de l’administration",
}


def held_roles(actor: User) -> list[Role]:
    """The roles that a person holds somewhere today, in the order of the menus."""
    held = {membership.role for membership in actor.memberships if membership.holds_today}
    return [role for role in MENUS if role in held]


def title_of(actor: User) -> str:
    """What the home is called: by the one role held, or plainly when there are several."""
    roles = held_roles(actor)
    return TITLES[roles[0]] if len(roles) == 1 else "Accueil"


def menu_of(actor: User) -> list[Entry]:
    """The entries of every role held today, each place once, in the order of the roles."""
    found: dict[str, Entry] = {HOME.endpoint: HOME}
    for role in held_roles(actor):
        for entry in MENUS[role]:
            found.setdefault(entry.endpoint, entry)
    return list(found.values())


def place_of(actor: User) -> str:
    """Where the person acts, for the top of each page: the territory, or how many they are."""
    names = {m.territory.name for m in actor.memberships if m.holds_today and m.territory}
    if len(names) == 1:
        return names.pop()
    return f"{len(names)} territoires" if names else "Tout le département"
