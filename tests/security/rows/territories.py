"""Addresses of territories, structures and lists: the administration alone."""

from commission_app.territories.services import archive_territory
from commission_app.territories.structures.services import archive_structure
from tests.security.matrix import row

SEES = {"administrator": 200}
ACTS = {"administrator": 303}
PLACE = {"territory_id": "territory"}
HOUSE = {"structure_id": "structure"}
COMMUNE = {"insee": "13004"}
NEW = {"name": "Étang de Berre", "code": "BER", "school_zone": "B", "version": "1"}
STRUCTURE = {"name": "CCAS de Fos", "kind": "ccas", "version": "1"}


def territory_archived(world):
    """The territory is out of use."""
    archive_territory(world.actors["administrator"], world.arles)


def structure_archived(world):
    """The structure is out of use."""
    archive_structure(world.actors["administrator"], world.structure)


def commune_inside(world):
    """The commune is in the territory."""
    world.arles.communes.append(world["commune"])


ROWS = [
    row("GET", "territories.index", allows=SEES),
    row("GET", "territories.new", allows=SEES),
    row("POST", "territories.create", data=NEW, allows=ACTS),
    row("GET", "territories.show", PLACE, allows=SEES),
    row("GET", "territories.show", PLACE, query="q=arles", allows=SEES, note="search"),
    row("GET", "territories.edit", PLACE, allows=SEES),
    row("POST", "territories.update", PLACE, data=NEW, allows=ACTS),
    row("POST", "territories.archive", PLACE, allows=ACTS),
    row("POST", "territories.restore", PLACE, allows=ACTS, state=territory_archived),
    row("POST", "territories.add", PLACE, data=COMMUNE, allows=ACTS),
    row("POST", "territories.remove", PLACE, data=COMMUNE, allows=ACTS, state=commune_inside),
    row("GET", "structures.index", allows=SEES),
    row("GET", "structures.new", allows=SEES),
    row("POST", "structures.create", data=STRUCTURE, allows=ACTS),
    row("GET", "structures.show", HOUSE, allows=SEES),
    row("GET", "structures.edit", HOUSE, allows=SEES),
    row("POST", "structures.update", HOUSE, data=STRUCTURE, allows=ACTS),
    row("POST", "structures.archive", HOUSE, allows=ACTS),
    row("POST", "structures.restore", HOUSE, allows=ACTS, state=structure_archived),
    row("GET", "imports.structures", allows=SEES),
    row("POST", "imports.send_structures", data={"text": "nom;type\nA;ccas"}, allows=SEES),
    row("GET", "imports.communes", allows=SEES),
    row("POST", "imports.send_communes", data={"text": "territoire;insee\nARL;13004"}, allows=SEES),
]
