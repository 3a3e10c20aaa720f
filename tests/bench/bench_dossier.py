"""What the commission reads of a full dossier, every text of it sealed: against a bare Flask page."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from commission_app import create_app
from commission_app.core import clock
from commission_app.core.config import Config
from commission_app.core.db import commit, db
from commission_app.dossiers.models import Attempt, BlockCriterion, DiagnosisLine, Dossier, ParcoursStep
from commission_app.dossiers.states import AttemptScope, Criterion, DiagnosisItem, DossierState, Level
from tests.bench.bench_pages import bare
from tests.bench.harness import Reading, Run, bench, interleaved
from tests.bench.served import start_world

STEPS = 6
TEXT = "Trois demandes de logement sans réponse depuis le printemps, relancées deux fois. " * 3
LINE = TEXT[:120]


@bench("page.shared", goal=8, unit="ms")
def page_shared(run: Run) -> Reading:
    """The presentation of a dossier with a text in every place, some seventy of them."""
    folder = run.folder()
    asked = start_world(run.closing, folder, 0).coordinator
    page = asked.page(f"/dossiers/{full_dossier(folder)}/presentation")
    return interleaved(page, bare(run, asked.cookie).page("/"), run.rounds)


def full_dossier(folder: Path) -> UUID:
    """Write in every part of one dossier of the world in this folder."""
    app = create_app(Config.from_env({"DATA_DIR": str(folder), "MAIL_BACKEND": "memory"}))
    with app.app_context():
        query = select(Dossier).where(Dossier.state == DossierState.SCHEDULED)
        dossier = db.session.scalars(query.order_by(Dossier.number)).first()
        assert dossier is not None
        fill_parts(dossier)
        dossier_id = dossier.id
        commit()
        db.session.remove()
        db.engine.dispose()
    return dossier_id


def fill_parts(dossier: Dossier) -> None:
    """As long as a careful référent writes."""
    day = clock.today()
    dossier.question = dossier.origin_how = dossier.origin_why = TEXT
    dossier.step, dossier.origin_who, dossier.urgency_reason = "Lever les freins", "PLIE", LINE
    dossier.criteria = [BlockCriterion(criterion=one, fact=LINE) for one in Criterion]
    dossier.diagnosis = [DiagnosisLine(item=one, level=Level.FREIN, note=LINE) for one in DiagnosisItem]
    dossier.parcours = [
        ParcoursStep(
            starts_on=day - timedelta(days=90 * n), action=LINE, structure_name="CCAS d’Arles", result=TEXT
        )
        for n in range(STEPS)
    ]
    dossier.attempts = [
        Attempt(scope=scope, tried_on=day, what=LINE, with_whom="Bailleur", result=TEXT)
        for scope in (*AttemptScope, *AttemptScope, *AttemptScope)
    ]
