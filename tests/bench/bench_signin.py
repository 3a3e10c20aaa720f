"""Signing in with a wrong password: an address that nobody has against one that somebody has."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

from commission_app.accounts.passwords import password_hash
from commission_app.core import clock
from tests.bench.harness import Reading, Run, bench, interleaved
from tests.bench.world import empty_app
from tests.clients import Client, client_of
from tests.factories import make_user

TURNS = 4  # a hash varies by itself: four times the rounds of the other figures
FORGOTTEN = timedelta(days=2)  # what was tried so long ago slows nobody down


@bench("signin.timing", goal=1.05, unit="ms")
def signin_timing(run: Run) -> Reading:
    """The longer answer against the shorter, whichever it is: time must tell nobody who has an account."""
    app = empty_app(run.folder())
    with app.app_context():
        nora = make_user("Nora", password_hash=password_hash("quatre cyprès dans le vent"))
        client, email = client_of(app), nora.email
        client.get("/connexion")
        known, unknown = trying(client, email), trying(client, "x" + email[1:])
        first, second = interleaved(known, unknown, run.rounds * TURNS)
    assert second
    return Reading(max(first, second), min(first, second))


def trying(client: Client, email: str) -> Callable[[], None]:
    """Send a wrong password, each time on another day: the tries before are forgotten."""
    began, days = clock.now(), count(1)

    def send() -> None:
        with clock.frozen(began + next(days) * FORGOTTEN):
            answer = client.submit("/connexion", {"email": email, "password": "faux"})
        assert answer.status_code == 422

    return send
