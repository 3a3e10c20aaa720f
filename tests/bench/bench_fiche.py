"""The fiche relais on paper, as the next référent opens it."""

from commission_app import create_app
from commission_app.core import clock
from commission_app.core.config import Config
from commission_app.core.db import db, upgrade
from commission_app.dossiers.fiche_relais.exports import fiche_pdf
from commission_app.dossiers.fiche_relais.services import prepare_fiche, save_fiche
from commission_app.dossiers.models import Person
from commission_app.dossiers.states import DossierState
from tests.bench.harness import Reading, Run, bench, milliseconds
from tests.dossiers.stories import make_complete, make_place


@bench("pdf.fiche", goal=300, unit="ms")
def fiche_on_paper(run: Run) -> Reading:
    """From the rows to the bytes, the slowest of the rounds but one; each sheet differs from the one before,
    since typst keeps what it has compiled."""
    config = Config(
        database_url=f"sqlite:///{run.folder()}/bench.db", secret_key="bench-only-" + "k" * 40,
        data_dir=run.folder(), mail_backend="memory", testing=True,
    )  # fmt: skip
    app = create_app(config)
    upgrade(app)
    with app.app_context():
        place = make_place()
        dossier = make_complete(place, DossierState.FOLLOWED)
        fiche = prepare_fiche(place.ines, dossier)
        db.session.flush()
        texts = dict.fromkeys(("goal_what", "goal_why", "recommendation"), "Un logement stable. " * 20)
        save_fiche(
            place.ines,
            fiche,
            version=fiche.version,
            to_id=place.karim.id,
            agreed_on=clock.today(),
            texts=texts,
        )
        person = db.session.get_one(Person, dossier.id)
        taken = []
        for number in range(run.rounds):
            fiche.goal_what = f"Un logement stable, version {number}. " * 20
            taken.append(milliseconds(lambda: fiche_pdf(fiche, person)))
    return Reading(sorted(taken)[-2])
