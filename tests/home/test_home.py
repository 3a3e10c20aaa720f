"""The home of each role: what waits, what comes, what happened; nothing that names a person concerned."""

from datetime import timedelta

import pytest

from commission_app.accounts.states import Role
from commission_app.binomes.urgent.services import ask_urgently
from commission_app.core import clock
from commission_app.core.db import commit, db
from commission_app.core.events import record
from commission_app.dossiers.agreement.models import SharingAgreement
from commission_app.dossiers.fiche_relais.services import prepare_fiche, save_fiche, send_fiche
from commission_app.dossiers.models import Remark
from commission_app.dossiers.states import DossierState, Part
from commission_app.followup.models import Action
from commission_app.sessions.agenda.models import AgendaVersion
from commission_app.sessions.states import Answer, SessionState
from tests.factories import (
    grant,
    make_binome,
    make_dossier,
    make_invitation,
    make_item,
    make_session,
    make_structure,
    make_territory,
    make_user,
)

DAY = timedelta(days=1)


@pytest.fixture
def arles(app):
    """One territory."""
    return make_territory()


@pytest.fixture
def ccas(arles):
    """One structure of it."""
    return make_structure("CCAS d’Arles", arles)


def person(name, role, arles, ccas):
    """Somebody of the CCAS with one role on the territory."""
    return make_user(name, role, arles if role is not Role.ADMINISTRATOR else None, ccas)


def late_action(arles, ccas, title="Proposer trois places de garde", days=6, **values):
    """An action past its day."""
    action = Action(territory=arles, structure=ccas, title=title, due_on=clock.today() - days * DAY, **values)
    db.session.add(action)
    db.session.flush()
    return action


def home(client_for, user):
    """What the person reads on the own home."""
    commit()
    return client_for(user).get("/").get_data(as_text=True)


def selects(queries):
    """What was asked of the database, transactions aside."""
    return [line for line in queries if not line.startswith(("BEGIN", "PRAGMA"))]


def test_the_coordination_sees_what_waits(arles, ccas, client_for):
    nora, amina = person("Nora", Role.COORDINATOR, arles, ccas), person("Amina", Role.REFERENT, arles, ccas)
    since = clock.now() - 6 * DAY
    make_dossier(amina, arles, DossierState.SUBMITTED, state_since=since, last_name="Secretissime")
    make_dossier(amina, arles, DossierState.SUBMITTED)
    late_action(arles, ccas, days=21)
    day = make_session(arles)
    make_invitation(day, person("Maud", Role.PARTICIPANT, arles, ccas))
    html = home(client_for, nora)
    assert "Accueil de la coordination" in html
    assert "Le plus ancien attend depuis 6\xa0jours" in html
    assert "La plus ancienne a 21\xa0jours de retard" in html
    assert "Structures sans réponse à la convocation" in html
    assert "CCAS d’Arles" in html
    assert "Secretissime" not in html


def test_dossiers_with_late_actions_are_counted_once_each(arles, ccas, client_for):
    nora, amina = person("Nora", Role.COORDINATOR, arles, ccas), person("Amina", Role.REFERENT, arles, ccas)
    first, second = (make_dossier(amina, arles, DossierState.FOLLOWED) for _ in range(2))
    for dossier in (first, first, second):
        late_action(arles, ccas, dossier=dossier)
    assert "dont 2 en retard" in home(client_for, nora)


def test_an_agreement_that_ends_before_the_session_is_told(arles, ccas, client_for):
    nora, amina = person("Nora", Role.COORDINATOR, arles, ccas), person("Amina", Role.REFERENT, arles, ccas)
    day = make_session(arles)
    lasting, ending = (make_dossier(amina, arles, DossierState.SCHEDULED) for _ in range(2))
    for dossier in (lasting, ending):
        make_item(day, dossier=dossier)
    agreement = db.session.query(SharingAgreement).filter_by(dossier_id=ending.id).one()
    agreement.expires_on = clock.today() + 3 * DAY
    html = home(client_for, nora)
    assert f"{ending.code}</span> · sans renouvellement" in html
    assert f"{lasting.code}</span> · sans renouvellement" not in html


def test_an_urgent_request_comes_first(arles, ccas, client_for):
    nora, amina = person("Nora", Role.COORDINATOR, arles, ccas), person("Amina", Role.REFERENT, arles, ccas)
    maud = person("Maud", Role.PARTICIPANT, arles, ccas)
    binome = make_binome(arles, ccas, maud)
    ask_urgently(amina, binome, title="Famille à reloger", text="Demain", delay_minutes=60)
    late_action(arles, ccas)
    html = home(client_for, nora)
    assert html.index("Urgence sans réponse") < html.index("Actions en retard")
    assert "Suivre la demande" in html


@pytest.mark.parametrize("role", [Role.REFERENT, Role.PARTICIPANT, Role.COORDINATOR])
def test_a_live_session_is_the_first_thing(role, arles, ccas, client_for):
    user = person("Amina", role, arles, ccas)
    make_dossier(user, arles, DossierState.TO_COMPLETE)
    day = make_session(arles, state=SessionState.LIVE, starts_at=clock.now() - timedelta(hours=1))
    make_invitation(day, user)
    html = home(client_for, user)
    assert html.index(f"/sessions/{day.id}/en-direct") < html.index("À faire maintenant")


@pytest.mark.parametrize("role", [Role.PILOT, Role.REFERENT])
def test_a_live_session_is_no_place_for_who_is_not_expected(role, arles, ccas, client_for):
    day = make_session(arles, state=SessionState.LIVE, starts_at=clock.now() - timedelta(hours=1))
    html = home(client_for, make_user("Paul", role, arles, ccas))
    assert "Session en direct" in html
    assert f"/sessions/{day.id}/en-direct" not in html


def test_a_facilitator_is_led_to_the_desk(arles, ccas, client_for):
    hugo = person("Hugo", Role.PARTICIPANT, arles, ccas)
    day = make_session(arles, hugo, state=SessionState.LIVE, starts_at=clock.now() - timedelta(hours=1))
    assert f"/sessions/{day.id}/pupitre" in home(client_for, hugo)


def test_a_referent_sees_what_to_complete(arles, ccas, client_for):
    amina = person("Amina", Role.REFERENT, arles, ccas)
    dossier = make_dossier(amina, arles, DossierState.TO_COMPLETE)
    nora = person("Nora", Role.COORDINATOR, arles, ccas)
    dossier.remarks.append(Remark(part=Part.FRAME, text="Depuis quand ?", author_id=nora.id))
    html = home(client_for, amina)
    assert f'Compléter le dossier <span class="text-nowrap">{dossier.code}</span>' in html
    assert "1\xa0précision" in html


def test_a_relay_that_waits_is_a_thing_to_do_for_the_next_referent(arles, ccas, client_for):
    ines, amina = person("Inès", Role.REFERENT, arles, ccas), person("Amina", Role.REFERENT, arles, ccas)
    dossier = make_dossier(ines, arles, DossierState.FOLLOWED)
    fiche = prepare_fiche(ines, dossier)
    db.session.flush()
    given = {"to_id": amina.id, "agreed_on": clock.today(), "texts": {"goal_what": "Un logement stable"}}
    save_fiche(ines, fiche, version=fiche.version, **given)
    assert "Relais à accepter" not in home(client_for, amina)
    send_fiche(ines, fiche)
    html = home(client_for, amina)
    assert "Relais à accepter" in html
    assert f"/fiches-relais/{fiche.id}" in html
    assert "Relais à accepter" not in home(client_for, ines)


def test_a_referent_sees_the_hours_of_passage(arles, ccas, client_for):
    amina = person("Amina", Role.REFERENT, arles, ccas)
    day = make_session(arles)
    dossier = make_dossier(amina, arles, DossierState.SCHEDULED)
    make_item(day, position=1, title="Accueil")
    make_item(day, dossier=dossier, presenter=amina, position=2)
    db.session.add(
        AgendaVersion(commission_session_id=day.id, number=1, published_by_id=amina.id, content=[])
    )
    html = home(client_for, amina)
    assert "Vos heures de passage" in html


def test_a_member_is_asked_to_answer(arles, ccas, client_for):
    maud = person("Maud", Role.PARTICIPANT, arles, ccas)
    day = make_session(arles)
    make_invitation(day, maud, answer=Answer.NONE)
    late_action(arles, ccas, owner=maud)
    html = home(client_for, maud)
    assert "Répondre à la convocation" in html
    assert "Proposer trois places de garde" in html


def test_a_pilot_reads_no_dossier(arles, ccas, client_for):
    amina = person("Amina", Role.REFERENT, arles, ccas)
    dossier = make_dossier(amina, arles, DossierState.SUBMITTED, last_name="Secretissime")
    record(amina, "dossier_submitted", dossier)
    html = home(client_for, make_user("Paul", Role.PILOT))
    assert arles.name in html
    assert dossier.code not in html
    assert "Secretissime" not in html


def test_the_administration_sees_what_is_not_set_up(arles, ccas, client_for):
    html = home(client_for, make_user("Ida", Role.ADMINISTRATOR))
    assert "Territoires sans coordination" in html


def test_somebody_without_a_role_is_not_refused(app, client_for):
    assert "Rien n’attend de votre part" in home(client_for, make_user("Zoé"))


def test_what_happened_is_told_in_words(arles, ccas, client_for):
    nora, amina = person("Nora", Role.COORDINATOR, arles, ccas), person("Amina", Role.REFERENT, arles, ccas)
    day = make_session(arles)
    invitation = make_invitation(day, person("Maud", Role.PARTICIPANT, arles, ccas))
    record(None, "invitation_answered", invitation, answer="present")
    record(amina, "dossier_submitted", make_dossier(amina, arles, DossierState.SUBMITTED))
    elsewhere = make_territory("Marseille", "MRS")
    foreign = make_dossier(amina, elsewhere, DossierState.SUBMITTED)
    record(amina, "dossier_submitted", foreign)
    html = home(client_for, nora)
    assert "CCAS d’Arles sera présente à la prochaine session." in html
    assert "ARL-2026" in html
    assert foreign.code not in html


def busy(arles, ccas, *roles):
    """Somebody who is everything at once, on two territories full of everything."""
    user = make_user("Nora", structure=ccas)
    places = [arles, make_territory("Marseille", "MRS")]
    for role in roles:
        for place in places:
            grant(user, role, None if role is Role.ADMINISTRATOR else place)
    for place in places:
        for state in DossierState:
            dossier = make_dossier(user, place, state)
            record(user, "dossier_submitted", dossier)
            late_action(place, ccas, owner=user, dossier=dossier)
    day = make_session(arles, user)
    make_invitation(day, user)
    for dossier_state in (DossierState.SCHEDULED, DossierState.SCHEDULED):
        make_item(day, dossier=make_dossier(user, arles, dossier_state), presenter=user)
    maud = make_user("Maud", Role.PARTICIPANT, arles, ccas)
    binome = make_binome(arles, ccas, maud, competences=("logement",))
    ask_urgently(maud, binome, title="Aide", text="Vite", delay_minutes=60)
    db.session.add(AgendaVersion(commission_session_id=day.id, number=1, published_by_id=user.id, content=[]))
    commit()
    return user


@pytest.mark.parametrize(
    "roles",
    [
        (Role.COORDINATOR,),
        (Role.REFERENT,),
        (Role.PARTICIPANT,),
        (Role.PILOT,),
        (Role.ADMINISTRATOR,),
        (Role.COORDINATOR, Role.PARTICIPANT),
        (Role.REFERENT, Role.PARTICIPANT),
        (Role.COORDINATOR, Role.REFERENT, Role.PARTICIPANT),
        tuple(Role),
    ],
)
def test_a_home_asks_twelve_queries_at_most(roles, arles, ccas, client_for, count_queries):
    user = busy(arles, ccas, *roles)
    client = client_for(user)
    with count_queries() as queries:
        assert client.get("/").status_code == 200
    assert len(selects(queries)) <= 12, "\n\n".join(selects(queries))


@pytest.mark.parametrize("page", ["/donnees-personnelles", "/accessibilite"])
def test_the_pages_about_the_platform_open_to_everybody(page, client, arles, ccas, client_for):
    assert client.get(page).status_code == 200
    user = person("Amina", Role.REFERENT, arles, ccas)
    commit()
    assert client_for(user).get(page).status_code == 200


def test_the_help_speaks_of_the_roles_held(arles, ccas, client_for):
    user = person("Amina", Role.REFERENT, arles, ccas)
    commit()
    html = client_for(user).get("/aide").get_data(as_text=True)
    assert "Vous êtes référent d’étape" in html
    assert "Vous administrez" not in html


@pytest.fixture
def zoe(app):
    """The first administration of a platform where nothing is yet."""
    return make_user("Zoé", Role.ADMINISTRATOR, None, None)


def test_a_new_administration_is_led_from_the_first_territory_to_the_coordination(zoe, client_for):
    page = home(client_for, zoe)
    assert "Étape 1 sur 3" in page
    assert "/territoires/nouveau" in page
    territory = make_territory()
    assert "Étape 2 sur 3" in home(client_for, zoe)
    structure = make_structure("CCAS d’Arles", territory)
    page = home(client_for, zoe)
    assert "Étape 3 sur 3" in page
    assert "Inviter la coordination" in page
    make_user("Nora", Role.COORDINATOR, territory, structure)
    assert "Étape" not in home(client_for, zoe)
