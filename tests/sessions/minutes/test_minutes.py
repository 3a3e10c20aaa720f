"""Minutes write themselves from the day, two facilitators validate them, three forms carry the same words."""

from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.events import record
from commission_app.core.outbox import run_due
from commission_app.dossiers.states import DossierState
from commission_app.followup.models import Action
from commission_app.sessions.day.models import Attendance, ParkedIdea
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.minutes.models import Minutes
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import (
    DecisionKind,
    ItemKind,
    ItemState,
    MinutesState,
    ParkedKind,
    SessionState,
)
from tests.factories import (
    make_dossier,
    make_invitation,
    make_item,
    make_session,
    make_structure,
    make_territory,
    make_user,
)


class Held:
    """A day that was held and closed, with a decision replaced, an action, a point not reached, an idea."""

    def __init__(self) -> None:
        self.territory = make_territory()
        jobs, health = (
            make_structure("Mission locale", self.territory),
            make_structure("Caisse", self.territory),
        )
        self.nora = make_user("Nora", Role.COORDINATOR, self.territory, jobs)
        self.amina = make_user("Amina", Role.PARTICIPANT, self.territory, jobs)
        self.bruno = make_user("Bruno", Role.PARTICIPANT, self.territory, health)
        self.claire = make_user("Claire", Role.REFERENT, self.territory, jobs)
        self.lou = make_user("Lou", Role.PARTICIPANT, self.territory, health)
        self.day = make_session(
            self.territory, self.amina, self.bruno, state=SessionState.LIVE, closed_at=clock.now()
        )
        self.dossier = make_dossier(self.claire, self.territory, DossierState.TREATED)
        self.item = make_item(
            self.day,
            dossier=self.dossier,
            presenter=self.claire,
            state=ItemState.DONE,
            notes="Bail signé en mars.",
        )
        make_invitation(self.day, self.lou)
        self._decide(health)
        self._rest(jobs)
        self.day.state = SessionState.CLOSED
        record(self.amina, "session_closed", self.day)
        db.session.flush()

    def _decide(self, structure: object) -> None:
        wrong = self._decision(1, "Un studio en foyer.")
        db.session.add(wrong)
        db.session.flush()
        right = self._decision(2, "Un logement en intermédiation.", replaces_id=wrong.id)
        db.session.add(right)
        db.session.flush()
        action = Action(
            territory_id=self.territory.id, structure=structure, title="Appeler le bailleur",
            due_on=clock.today(), decision_id=right.id,
        )  # fmt: skip
        db.session.add(action)

    def _decision(self, number: int, text: str, **values: object) -> Decision:
        return Decision(
            commission_session_id=self.day.id, agenda_item_id=self.item.id, dossier_id=self.dossier.id,
            number=number, kind=DecisionKind.SOLUTION, text=text, decided_by_id=self.amina.id, agreed_count=3,
            reservations=[{"structure": "Caisse", "words": "sous réserve de budget"}],
            previous_digest="0" * 64, digest=f"{number}" * 64, **values,
        )  # fmt: skip

    def _rest(self, structure: object) -> None:
        self.missed = make_item(self.day, ItemKind.OFFER, title="Auto-école solidaire")
        make_item(self.day, ItemKind.CLOSING)
        stood_for = Attendance(
            commission_session_id=self.day.id, user=self.lou, structure=structure, stands_in="Zoé Prune"
        )
        db.session.add_all(
            [
                stood_for,
                Attendance(commission_session_id=self.day.id, user=self.amina, structure=structure),
                ParkedIdea(
                    commission_session=self.day,
                    kind=ParkedKind.TO_MODEL,
                    text="Garde de nuit",
                    author=self.amina,
                ),
            ]
        )

    @property
    def url(self) -> str:
        """The address of the minutes."""
        return f"/sessions/{self.day.id}/compte-rendu"

    @property
    def minutes(self) -> Minutes:
        """The minutes as they now stand."""
        db.session.expire_all()
        query = select(Minutes).where(Minutes.commission_session_id == self.day.id)
        return db.session.scalars(query).one()


@pytest.fixture
def held(app) -> Held:
    """A day just closed."""
    return Held()


def validated(held: Held, client_for) -> Held:
    """The same with both validations."""
    for person in (held.amina, held.bruno):
        client = client_for(person)
        answer = client.submit(f"{held.url}/valider", {"version": held.minutes.version}, page=held.url)
        assert answer.status_code == 303
    return held


WORDS = (
    "Un logement en intermédiation.",
    "Appeler le bailleur",
    "Auto-école solidaire",
    "Garde de nuit",
    "Caisse",
)


def test_the_closing_makes_the_minutes_and_asks_both_facilitators(held, mails):
    run_due()
    assert held.minutes.state is MinutesState.DRAFT
    asked = {str(mail["To"]) for mail in mails if "à valider" in str(mail["Subject"])}
    assert asked == {held.amina.email, held.bruno.email}


def test_the_page_tells_the_day(held, client_for):
    text = client_for(held.amina).get(held.url).get_data(as_text=True)
    for words in (*WORDS, "Bail signé en mars.", "Remplacée par la décision n° 2", "sous réserve de budget"):
        assert words in text
    assert "Un studio en foyer." not in text
    assert "Canari" not in text


def test_a_point_not_reached_is_told_as_postponed(held):
    db.session.expire_all()
    assert held.missed.state is ItemState.POSTPONED


def test_who_stood_in_is_told_with_the_name_of_who_was_invited(held, client_for):
    text = client_for(held.amina).get(held.url).get_data(as_text=True)
    assert f"Zoé Prune, à la place de {held.lou.full_name}" in text


def test_the_closing_words_are_no_point_put_off(held, client_for):
    text = client_for(held.amina).get(held.url).get_data(as_text=True)
    assert "Auto-école solidaire, reporté" in text
    assert f"{ItemKind.CLOSING.label}, reporté" not in text


def test_two_different_facilitators_validate_once_each(held, client_for):
    amina = client_for(held.amina)
    amina.submit(f"{held.url}/valider", {"version": held.minutes.version}, page=held.url)
    assert held.minutes.state is MinutesState.DRAFT
    assert amina.submit(f"{held.url}/valider", {"version": held.minutes.version}).status_code == 409
    bruno = client_for(held.bruno)
    bruno.submit(f"{held.url}/valider", {"version": held.minutes.version}, page=held.url)
    assert held.minutes.state is MinutesState.VALIDATED
    nora = client_for(held.nora)
    assert (
        nora.submit(f"{held.url}/valider", {"version": held.minutes.version}, page=held.url).status_code
        == 403
    )


def test_the_day_itself_asks_each_facilitator_to_validate_until_it_is_done(held, client_for):
    day, asked = held.url.removesuffix("/compte-rendu"), "Relire et valider le compte rendu"
    amina, bruno = client_for(held.amina), client_for(held.bruno)
    assert asked in amina.get(day).text
    amina.submit(f"{held.url}/valider", {"version": held.minutes.version}, page=held.url)
    assert asked not in amina.get(day).text
    assert asked in bruno.get(day).text
    assert asked not in client_for(held.nora).get(day).text


def test_members_read_once_it_is_validated(held, client_for):
    lou = client_for(held.lou)
    assert lou.get(held.url).status_code == 404
    validated(held, client_for)
    assert lou.get(held.url).status_code == 200
    stranger = make_user("Zoé", Role.PARTICIPANT, held.territory, held.lou.structure)
    assert client_for(stranger).get(held.url).status_code == 404


def test_validation_tells_readers_and_leads_the_referent_to_the_own_part(held, client_for, mails):
    validated(held, client_for)
    run_due()
    told = {
        str(mail["To"]): mail.get_body(("plain",)).get_content()
        for mail in mails
        if "à valider" not in mail["Subject"]
    }
    assert "/compte-rendu/mes-dossiers" in told[held.claire.email]
    assert held.lou.email in told


def test_the_referent_reads_the_own_dossiers_alone(held, client_for):
    validated(held, client_for)
    claire = client_for(held.claire)
    text = claire.get(f"{held.url}/mes-dossiers").get_data(as_text=True)
    assert "Un logement en intermédiation." in text
    assert "Appeler le bailleur" in text
    assert "Garde de nuit" not in text
    assert claire.get(held.url).status_code == 404


def test_a_text_changed_after_a_validation_takes_it_back(held, client_for):
    amina = client_for(held.amina)
    amina.submit(f"{held.url}/valider", {"version": held.minutes.version}, page=held.url)
    data = {"version": held.minutes.version, "introduction": "Une journée dense."}
    assert amina.submit(f"{held.url}/introduction", data).status_code == 303
    assert held.minutes.first_by_id is None


def test_a_stale_introduction_shows_both_texts(held, client_for):
    amina = client_for(held.amina)
    version = held.minutes.version
    amina.submit(f"{held.url}/introduction", {"version": version, "introduction": "Le mien."}, page=held.url)
    answer = amina.submit(f"{held.url}/introduction", {"version": version, "introduction": "L’autre."})
    assert answer.status_code == 409
    text = answer.get_data(as_text=True)
    assert "Le mien." in text
    assert "L’autre." in text
    assert f'value="{held.minutes.version}"' in text


def test_the_pdf_carries_the_same_words(held, client_for):
    answer = client_for(held.amina).get(f"{held.url}.pdf")
    reader = PdfReader(BytesIO(answer.get_data()))
    assert reader.metadata is not None
    assert (reader.metadata.title or "").startswith("Compte rendu du")
    text = " ".join(page.extract_text() for page in reader.pages)
    for words in ("intermédiation", "Appeler le bailleur", "Auto-école", "Garde de nuit"):
        assert words in text
    assert "Canari" not in text


def test_the_word_document_carries_the_same_words(held, client_for):
    answer = client_for(held.amina).get(f"{held.url}.docx")
    word = Document(BytesIO(answer.get_data()))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    text = " ".join([paragraph.text for paragraph in word.paragraphs] + cells)
    for words in WORDS:
        assert words in text
    assert "Canari" not in text
    assert any(paragraph.style.name == "Heading 1" for paragraph in word.paragraphs)
    assert (round(word.sections[0].page_width.cm, 1), round(word.sections[0].page_height.cm, 1)) == (21, 29.7)


def test_a_withdrawn_dossier_is_no_longer_told(held, client_for):
    held.dossier.state = DossierState.WITHDRAWN
    text = client_for(held.amina).get(held.url).get_data(as_text=True)
    assert held.dossier.code not in text
    assert "intermédiation" not in text


def test_the_minutes_ask_few_queries(held, client_for, count_queries):
    amina = client_for(held.amina)
    url = held.url
    amina.get(url)
    with count_queries() as queries:
        amina.get(url)
    assert len(queries) <= 12, "\n".join(queries)


def test_a_day_not_closed_has_no_minutes(held, client_for):
    other: CommissionSession = make_session(held.territory, held.amina)
    reader: User = held.amina
    assert client_for(reader).get(f"/sessions/{other.id}/compte-rendu").status_code == 404


def test_a_point_of_the_day_leads_to_being_seen_again(held, client_for):
    nora = client_for(held.nora)
    page = nora.get(f"/sessions/{held.day.id}/compte-rendu").text
    assert f"/points/{held.item.id}/revoir" in page
    assert "Prévenir les personnes" in page
