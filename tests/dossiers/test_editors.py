"""Many editors on one dossier in the same instant: nothing acknowledged is lost, every clash is kept."""

import json
import os
import threading
import time
import uuid
from dataclasses import dataclass, field
from random import random

import pytest
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import MultiDict

from commission_app.accounts.models import User
from commission_app.core.db import commit, db
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.parts.row_forms import ParcoursForm
from commission_app.dossiers.parts.saving import keep
from commission_app.dossiers.parts.standing import Standing
from commission_app.dossiers.queries import get_dossier_to_change
from commission_app.dossiers.writing.merging import fingerprints
from commission_app.dossiers.writing.models import Clash
from tests.databases import settle
from tests.factories import make_dossier

#: How often each types. Twenty type ten times in the suite; with EDITS=100 in the environment a hundred times
#: (2,000 saves, some minutes).
EDITS = {2: 100, 20: int(os.environ.get("EDITS", "10"))}


@dataclass
class Editor:
    """An open page: types into its own line and into a field that all want; opened again after a clash."""

    app: object
    actor_id: uuid.UUID
    dossier_id: uuid.UUID
    number: int
    edits: int
    written: list = field(default_factory=list)
    clashed: list = field(default_factory=list)
    key: str = field(default_factory=lambda: str(uuid.uuid4()))
    page: str = ""
    base: dict = field(default_factory=dict)
    seen: str = ""

    def run(self):
        for count in range(self.edits):
            while not self.tries(f"e{self.number}-{count}"):
                time.sleep(random() / 50)

    def tries(self, text):
        """A save that the database had no time for is not acknowledged: the page sends it again."""
        with self.app.test_request_context():
            try:
                self.edit(text)
            except OperationalError:
                return False
            finally:
                db.session.remove()
        return True

    def edit(self, text):
        actor = db.session.get(User, self.actor_id)
        dossier = get_dossier_to_change(actor, self.dossier_id)
        if not self.page:
            self.open(dossier)
        typed = {
            "page": self.page, "version": "0", "origin_who": text, "steps-0-key": self.key,
            "steps-0-starts_on": "2026-01-05", "steps-0-action": text,
        }  # fmt: skip
        form = ParcoursForm(formdata=MultiDict(typed))
        form.base.data = json.dumps(self.base)
        kept = keep(actor, dossier, form, Standing(ParcoursForm.stored(dossier), filled))
        clashed = [clash.mine for clash in kept.clashes if clash.field == "origin_who"]
        commit()
        if clashed:
            self.clashed.append(text)
            self.page = ""
        else:
            self.written.append((self.seen, text))
            self.seen, self.base = text, kept.base

    def open(self, dossier):
        form = filled(ParcoursForm.stored(dossier))
        self.page, self.seen = str(uuid.uuid4()), form.origin_who.data
        own = {name: value for name, value in fingerprints(form.typed()).items() if self.key in name}
        self.base = {"origin_who": fingerprints(form.typed())["origin_who"], **own}


def filled(data):
    return ParcoursForm(formdata=None, data=data)


@pytest.mark.parametrize(
    "editors", EDITS, ids=[f"{n} people, {edits} saves each" for n, edits in EDITS.items()]
)
def test_nothing_acknowledged_is_lost_and_every_clash_is_kept(app, place, editors):
    dossier_id = make_dossier(place.ines, place.territory, agreed=False, question="").id
    settle()
    team = [Editor(app, place.ines.id, dossier_id, number, EDITS[editors]) for number in range(editors)]
    settle()
    threads = [threading.Thread(target=one.run) for one in team]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    dossier = db.session.get_one(Dossier, dossier_id)
    written = [edit for one in team for edit in one.written]
    clashed = [text for one in team for text in one.clashed]
    assert len(written) + len(clashed) == editors * EDITS[editors]
    assert {step.action for step in dossier.parcours} == {f"e{one.number}-{one.edits - 1}" for one in team}
    bases = [base for base, _text in written]
    assert len(set(bases)) == len(bases), (
        "two writers replaced the same text: one of them never saw the other"
    )
    assert dossier.origin_who in {text for _base, text in written} - set(bases)
    assert sorted(clash.mine for clash in db.session.query(Clash)) == sorted(clashed)
    assert clashed
