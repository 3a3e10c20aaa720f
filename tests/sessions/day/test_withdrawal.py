"""An agreement taken back in the very instant of an act on the live day: it is, whoever comes first."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from commission_app.core.db import db
from commission_app.dossiers.states import DossierState
from commission_app.sessions.day.snapshot import live_view
from commission_app.sessions.states import ItemState
from tests.databases import settle
from tests.sessions.day.scene import make_scene

ROUNDS = 6


@pytest.mark.parametrize("act", ["point-suivant", "pause"])
def test_an_agreement_is_taken_back_while_the_facilitator_acts(app, client_for, act):
    for number in range(ROUNDS):
        scene = make_scene(code=f"A{number:02}")
        dossier, day, first, url = scene.first.dossier, scene.day, scene.first, scene.url
        hers, his = client_for(scene.salome), client_for(scene.referent)
        hers.get(f"{url}/pupitre")
        back = f"/dossiers/{dossier.id}/accord/retrait"
        his.get(back)
        settle()
        start = threading.Barrier(2)

        def send(client, path, start=start):
            start.wait()
            return client.submit(path).status_code

        with ThreadPoolExecutor(2) as pool:
            acting = pool.submit(send, hers, f"{url}/{act}")
            withdrawing = pool.submit(send, his, back)
            assert withdrawing.result() == 303
            assert acting.result() in {303, 409}  # 409: the point that she saw has just ended
        db.session.expire_all()
        assert dossier.state is DossierState.WITHDRAWN
        assert first.state is not ItemState.LIVE
        view = live_view(day.id)
        assert view
        assert "Quel hébergement stable ?" not in repr(view)
