"""A text typed into a dossier → « Enregistré à … » on the page: against a bare POST that keeps a text."""

import re
from itertools import count
from uuid import UUID

from commission_app import create_app
from commission_app.core.config import Config
from commission_app.core.db import commit, db
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import DossierState
from tests.bench.bench_dossier import full_dossier
from tests.bench.bench_pages import bare
from tests.bench.harness import Reading, Run, bench, interleaved
from tests.bench.served import Asked, start_world
from tests.bench.serving import sign_in

HIDDEN = re.compile(r'name="(csrf_token|version|page|base)"[^>]*?value="([^"]*)"')


@bench("autosave", goal=3, unit="ms")
def autosave(run: Run) -> Reading:
    """The question to the commission, in a dossier with a text in every place."""
    folder = run.folder()
    port = start_world(run.closing, folder, 0).port
    app = create_app(Config.from_env({"DATA_DIR": str(folder), "MAIL_BACKEND": "memory"}))
    dossier_id = full_dossier(folder)
    with app.app_context():
        dossier = db.session.get_one(Dossier, dossier_id)
        dossier.state = DossierState.DRAFT
        commit()
        asked = Asked(port, sign_in(app, dossier.referent))
        db.session.remove()
        db.engine.dispose()
    numbers, floor = count(), bare(run, asked.cookie)
    typed = _form(asked, dossier_id)

    def save() -> None:
        typed["question"] = (
            f"Quel hébergement stable pour la personne et ses deux enfants ? ({next(numbers)})"
        )
        answer = asked.send(f"/dossiers/{dossier_id}/question", typed)
        assert "Enregistré à" in answer, answer[:300]

    def keep() -> None:
        floor.send("/", {"text": f"Quel hébergement stable ? ({next(numbers)})"})

    return interleaved(save, keep, run.rounds)


def _form(asked: Asked, dossier_id: UUID) -> dict[str, str]:
    """What the page of the part sends beside what is typed, as a browser reads it off."""
    page = asked.text(f"/dossiers/{dossier_id}/question")
    return {name: value.replace("&#34;", '"').replace("&quot;", '"') for name, value in HIDDEN.findall(page)}
