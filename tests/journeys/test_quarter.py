"""A whole quarter on screen, by everybody in it, with nobody touching the database."""

from datetime import timedelta
from io import BytesIO
from typing import NamedTuple

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.followup.models import Action
from commission_app.sessions.models import CommissionSession
from tests.databases import settle
from tests.journeys import day_steps, dossier_steps, session_steps
from tests.journeys.commission import found_commission
from tests.servers import until

pytestmark = pytest.mark.browser

#: The offer is opened now; the figures are read after the day.
OPENED_IN = clock.today().year

HOUSING = "Un logement relais est réservé pour six mois, dès l’entrée au chantier."
SHUTTLE = "Le PLIE étudie une navette de nuit avec deux entreprises."


class Room(NamedTuple):
    """Who is in the room, and the words looked for: read once, so that no transaction of the test
    stays open while the server writes."""

    pair: list[User]
    members: list[User]
    speaker: str
    structure: str
    second_leads: str


def first_day():
    """The first session of the year laid out, as the database now has it."""
    settle()
    return db.session.scalars(select(CommissionSession).order_by(CommissionSession.starts_at)).first()


def facilitators_of(commission, day):
    """The pair that the assistant proposed, in order, and two members of other structures."""
    pair = [one.user for one in day.facilitators]
    busy = {user.structure_id for user in pair}
    others = {user.structure_id: user for user in commission.members.values()}
    return pair, [user for structure_id, user in others.items() if structure_id not in busy]


def test_a_quarter_from_the_calendar_to_a_followed_action(new_page, mails):
    commission = found_commission()
    nora, ines = new_page(commission.coordinator), new_page(commission.referent)

    session_steps.lay_out_year(nora)
    day = first_day()
    assert day is not None
    session_url, starts_at = f"/sessions/{day.id}", day.starts_at
    pair, members = facilitators_of(commission, day)
    settle()

    session_steps.convene(nora, session_url)
    address = members[0].email
    settle()
    until(
        lambda: [mail for mail in mails if mail["To"] == address and "Convocation" in mail["Subject"]], "mail"
    )
    mail = next(mail for mail in mails if mail["To"] == address and "Convocation" in mail["Subject"])
    assert session_steps.calendar_entry(mail) == ("REQUEST", 0, starts_at, address)
    session_steps.answer_by_link(new_page(width=360), session_steps.answer_path(mail))

    dossier_url, code = dossier_steps.write_dossier(ines)
    dossier_steps.submit(ines, dossier_url)
    dossier_steps.ask_precision(nora, dossier_url)
    dossier_steps.answer_precision(ines, dossier_url)
    dossier_steps.exchange_and_retain(nora, dossier_url)
    session_steps.compose_and_publish(nora, session_url, code)

    roles = Room(
        pair, members[:2], members[0].full_name, members[0].structure_name, f"{pair[1].full_name} a la main"
    )
    settle()
    hold_the_day(new_page, session_url, code, roles)
    follow_to_the_end(new_page, nora, session_url, pair)
    with clock.frozen(starts_at + timedelta(days=1)):
        read_the_figures(new_page(commission.coordinator))


def hold_the_day(new_page, session_url, code, room):
    """Five browsers at once: two desks, two phones, the room screen."""
    first, second = (new_page(user) for user in room.pair)
    phones = [new_page(user, width=360) for user in room.members]
    screen = new_page()
    day_steps.show_screen(first, screen, session_url)
    second.goto(f"{session_url}/pupitre")
    for phone in phones:
        phone.goto(f"{session_url}/en-direct")
    first.get_by_text("Démarrer avant la date").click()
    first.get_by_role("button", name="Démarrer la journée").click()
    for page in (second, *phones):
        expect(page.locator("body")).not_to_contain_text("n’a pas commencé")

    short = code[:3] + code[-4:]
    day_steps.open_point(first, short)
    for page in (second, *phones, screen):
        expect(page.locator("#point, #salle-point").first).to_contain_text(code, ignore_case=True)
        expect(page.locator("body")).not_to_contain_text(dossier_steps.LAST_NAME)

    phones[0].get_by_role("button", name="Lever la main").click()
    expect(second.locator("#parole")).to_contain_text(room.speaker)
    second.get_by_role("button", name="Donner").click()
    expect(second.locator("#parole")).to_contain_text("parle depuis")
    expect(phones[1].locator("#demandes")).to_contain_text("parle")

    day_steps.write_and_read_back(first, kind="solution", text=HOUSING, who=room.structure)
    expect(screen.locator("#salle-point")).to_contain_text(HOUSING)
    day_steps.agree(phones[0], HOUSING)
    day_steps.reserve(phones[1], "sous réserve du reste à charge")
    expect(second.locator("#relue")).to_contain_text("1 d’accord")
    expect(first.locator("#relue")).to_contain_text("sous réserve du reste à charge")
    day_steps.record(first, HOUSING)
    for page in (second, *phones):
        expect(page.locator("#decisions-du-jour")).to_contain_text(HOUSING)

    first.get_by_role("button", name="Passer la main à").click()
    expect(second.locator("#main-tenue")).to_contain_text(room.second_leads)
    day_steps.open_point(second, session_steps.NEW_ACTION)
    day_steps.write_and_read_back(second, kind="new_offer", text=SHUTTLE, offer="Navette de nuit")
    day_steps.record(second, SHUTTLE)
    day_steps.open_point(second, session_steps.OFFER)
    day_steps.postpone(second, "Le temps a manqué")
    day_steps.close(second)
    for phone in phones:
        expect(phone.locator("#point")).to_contain_text("Journée close")
    expect(screen.locator("#salle-point")).to_contain_text("close")


def follow_to_the_end(new_page, nora, session_url, pair):
    """The minutes validated by both, the action done, the offer open, the figures."""
    for user in pair:
        page = new_page(user)
        page.goto(f"{session_url}/compte-rendu")
        page.get_by_role("button", name="Valider le compte rendu").click()
    page.goto(f"{session_url}/compte-rendu")
    expect(page.locator(".page-head")).to_contain_text("Validé")
    expect(page.locator("main")).to_contain_text(HOUSING)
    pdf = PdfReader(BytesIO(page.request.get(f"{session_url}/compte-rendu.pdf").body()))
    printed = " ".join(" ".join(leaf.extract_text() for leaf in pdf.pages).split())
    for words in (HOUSING[:40], SHUTTLE[:40]):
        assert words in printed
    assert dossier_steps.LAST_NAME not in printed

    nora.goto("/actions")
    nora.get_by_role("link", name=HOUSING[:40]).click()
    nora.get_by_role("button", name="Marquer comme faite").click()
    expect(nora.locator(".page-head")).to_contain_text("Fait")
    settle()
    done_at = db.session.scalars(select(Action.done_at)).one()
    settle()
    assert done_at is not None

    nora.goto("/offres")
    nora.get_by_role("link", name="Navette de nuit").click()
    nora.locator("#porter ~ form [name=structure_id], [name=structure_id]").first.select_option(label="PLIE")
    nora.get_by_role("button", name="Désigner").click()
    nora.get_by_role("link", name="Ouvrir l’offre").click()
    nora.get_by_role("button", name="Ouvrir l’offre").click()
    expect(nora.locator(".page-head")).to_contain_text("Ouverte")


def read_the_figures(nora):
    """The day after the date of the session: one situation is fewer than five, and stays masked."""
    nora.goto("/indicateurs")
    expect(nora.locator(".page-head")).to_contain_text("1 session")
    expect(nora.locator("main")).to_contain_text("dont < 5 avec une solution")
    nora.goto(f"/indicateurs?periode={day_steps.SOON[:4]}")
    expect(nora.locator("main")).to_contain_text("1 sur 1")
    nora.goto(f"/indicateurs?periode={OPENED_IN}")
    expect(nora.locator("main")).to_contain_text("1 offre nouvelle ouverte")
