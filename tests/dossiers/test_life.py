"""The life of a dossier: who moves it, when, and never without an agreement."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.db import db, rollback
from commission_app.core.errors import DomainError, InvalidInputError, NotAllowedError, WrongStateError
from commission_app.core.events import Event
from commission_app.dossiers import services
from commission_app.dossiers.agreement.queries import UNSHARED, agreement_holds, agreements_of
from commission_app.dossiers.agreement.services import (
    record_agreement,
    withdraw_agreement,
    withdraw_expired,
)
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import DOSSIER_TRANSITIONS, AgreementForm, DossierState, Part
from tests.dossiers.stories import make_complete, make_exchange, make_place

S = DossierState
SHARED_OR_SOON = {S.SUBMITTED, S.RETAINED, S.SCHEDULED, S.TREATED}


def hold(actor, dossier):
    services.hold_exchange(
        actor, dossier, held_on=date(2026, 1, 5), participants="Inès", tried="", outcome="rien"
    )


def ask(actor, dossier):
    services.ask_precision(actor, dossier, remarks={Part.QUESTION: "Pour quand ?"})


def answer(actor, dossier):
    waiting = [remark for remark in dossier.remarks if remark.answered_at is None]
    services.answer_remark(actor, dossier, remark_id=waiting[0].id, answer="Le 4 janvier")


def agree(actor, dossier):
    day = clock.today()
    record_agreement(
        actor, dossier, given_on=day, form=AgreementForm.ORAL, expires_on=day + timedelta(days=30)
    )


def let_expire(_actor, dossier):
    for agreement in agreements_of(dossier.id):
        agreement.given_on = agreement.expires_on = clock.today() - timedelta(days=1)
    db.session.flush()


#: Who tries an act, what it is, and the transitions that it makes.
VERBS = {
    "submit": ("ines", services.submit_dossier, "submit"),
    "ask": ("noemie", ask, "ask_precision"),
    "answer": ("ines", answer, ""),
    "open": ("noemie", services.open_exchange, "open_exchange"),
    "hold": ("noemie", hold, ""),
    "solve": ("noemie", services.solve_before_commission, "solve_before"),
    "retain": ("noemie", services.retain_dossier, "retain"),
    "retain_again": ("noemie", services.retain_again, "retain"),
    "schedule": ("noemie", services.schedule_dossier, "schedule"),
    "unschedule": ("noemie", services.unschedule_dossier, "unschedule"),
    "treat": ("noemie", services.treat_dossier, "treat"),
    "postpone": ("noemie", services.postpone_dossier, "postpone"),
    "take_back": ("noemie", services.take_dossier_back, "take_back"),
    "follow": ("noemie", services.follow_dossier, "follow"),
    "close": ("noemie", services.close_dossier, "close"),
    "agree": ("ines", agree, ""),
    "let_expire": ("ines", let_expire, ""),
}
ENDS = {
    "withdraw": ("ines", services.withdraw_dossier, "withdraw"),
    "end_agreement": ("noemie", withdraw_agreement, "withdraw"),
    "clock": ("ines", lambda _actor, _dossier: withdraw_expired(), "withdraw"),
}

#: What other acts ask for.
HELPS = ("hold", "answer", "agree")

#: 200 lives of 50 acts: ten thousand steps.
LIVES, ACTS = 200, 50


def test_no_way_to_an_agenda_without_agreement_and_none_out_of_retire(app):
    walked = Walked()

    @settings(max_examples=LIVES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(chance=st.randoms(use_true_random=True))
    def live(chance):
        try:
            walked.walk(chance)
        finally:
            rollback()

    live()
    assert walked.steps >= LIVES * ACTS
    assert walked.states == set(S), "a state in which nothing was tried"
    assert walked.done == {*VERBS, *ENDS}, "an act that was never done"
    assert walked.without_agreement >= LIVES, "hardly anything was tried without an agreement"


class Walked:
    """Acts tried one after the other, mostly those that lead on; where they led."""

    def __init__(self):
        self.steps, self.without_agreement = 0, 0
        self.states, self.done = set(), set()

    def walk(self, chance):
        place = make_place()
        dossier, since_end = begun(place, chance), 0
        for _ in range(ACTS):
            since_end += dossier.state in (S.WITHDRAWN, S.CLOSED)
            if since_end > 4:
                dossier, since_end = begun(place, chance), 0
            self.try_one(place, dossier, act_of(dossier, chance))

    def try_one(self, place, dossier, act):
        before, held = dossier.state, agreement_holds(dossier.id)
        who, verb, _transition = {**VERBS, **ENDS}[act]
        self.steps += 1
        self.states.add(before)
        self.without_agreement += not held and before not in (S.WITHDRAWN, S.CLOSED)
        try:
            verb(getattr(place, who), dossier)
        except (DomainError, IndexError):
            assert dossier.state is before
            return
        self.done.add(act)
        assert before is not S.WITHDRAWN or dossier.state is S.WITHDRAWN
        if dossier.state is not before and dossier.state in SHARED_OR_SOON:
            assert held or act == "unschedule", act
        if act == "clock" and before not in UNSHARED and not held:
            assert dossier.state is S.WITHDRAWN


def begun(place, chance):
    """A draft, or a situation that was talked over: from there it is not far to a commission."""
    if chance.random() < 0.3:
        return make_complete(place)
    dossier = make_complete(place, S.EXCHANGE)
    make_exchange(place, dossier)
    return dossier


def act_of(dossier, chance):
    """An act: mostly one that leads on from here, seldom an end, now and then any."""
    moves = [
        act for act, (*_, move) in VERBS.items() if move and DOSSIER_TRANSITIONS.allows(dossier.state, move)
    ]
    luck = chance.random()
    return chance.choice(
        [*ENDS, "let_expire"] if luck < 0.05 else [*VERBS] if luck < 0.2 else [*moves * 2, *HELPS]
    )


def test_codes_follow_one_another(app, place):
    first = services.create_dossier(place.ines, territory_id=place.territory.id)
    second = services.create_dossier(place.karim, territory_id=place.territory.id)
    assert (first.code[:4], first.number, second.number) == ("ARL-", 1, 2)
    assert second.code == f"ARL-{second.year}-002"


def test_only_a_referent_opens_a_dossier(app, place):
    with pytest.raises(NotAllowedError):
        services.create_dossier(place.noemie, territory_id=place.territory.id)


def test_a_complete_dossier_is_submitted_once(app, place):
    dossier = make_complete(place)
    services.submit_dossier(place.ines, dossier)
    assert dossier.state is S.SUBMITTED
    assert dossier.submitted_at is not None
    with pytest.raises(WrongStateError):
        services.submit_dossier(place.ines, dossier)


def test_without_agreement_a_dossier_stays_a_draft(app, place):
    dossier = make_complete(place, agreed=False)
    with pytest.raises(WrongStateError, match="accord"):
        services.submit_dossier(place.ines, dossier)


@pytest.mark.parametrize(
    ("missing", "words"),
    [("criteria", "raison"), ("diagnosis", "sphère"), ("parcours", "étape"), ("attempts", "essai")],
)
def test_a_part_that_misses_something_stops_the_submission(app, place, missing, words):
    dossier = make_complete(place)
    getattr(dossier, missing).clear()
    db.session.flush()
    with pytest.raises(InvalidInputError, match=words):
        services.submit_dossier(place.ines, dossier)


def test_a_written_reason_stands_for_what_was_not_tried(app, place):
    dossier = make_complete(place, no_outside_reason="Aucun partenaire sur ce secteur")
    dossier.attempts[:] = [one for one in dossier.attempts if one.scope.value == "inside"]
    services.submit_dossier(place.ines, dossier)
    assert dossier.state is S.SUBMITTED


def test_a_precision_must_be_answered_before_submitting_again(app, place):
    dossier = make_complete(place, S.SUBMITTED)
    ask(place.noemie, dossier)
    assert dossier.state is S.TO_COMPLETE
    with pytest.raises(InvalidInputError, match="précision"):
        services.submit_dossier(place.ines, dossier)
    answer(place.ines, dossier)
    services.submit_dossier(place.ines, dossier)
    assert dossier.state is S.SUBMITTED


def test_a_dossier_is_retained_after_an_exchange_only(app, place):
    dossier = make_complete(place, S.EXCHANGE)
    with pytest.raises(WrongStateError, match="échange"):
        services.retain_dossier(place.noemie, dossier)
    make_exchange(place, dossier)
    services.retain_dossier(place.noemie, dossier)
    assert dossier.state is S.RETAINED


@pytest.mark.parametrize("verb", ["open_exchange", "retain_dossier", "close_dossier", "begin_follow_up"])
def test_the_referent_does_not_act_for_the_coordination(app, place, verb):
    dossier = make_complete(place, S.SUBMITTED)
    with pytest.raises(NotAllowedError):
        getattr(services, verb)(place.ines, dossier)


def test_every_change_is_recorded_with_the_states_and_no_text(app, place):
    dossier = make_complete(place)
    services.submit_dossier(place.ines, dossier)
    services.open_exchange(place.noemie, dossier)
    events = db.session.scalars(select(Event).where(Event.subject_id == dossier.id).order_by(Event.number))
    seen = [(event.name, event.actor_id, event.data) for event in events]
    assert seen == [
        ("dossier_submitted", place.ines.id, {"before": "draft", "after": "submitted"}),
        ("version_kept", place.ines.id, {"number": 1, "kind": "submitted"}),
        ("exchange_opened", place.noemie.id, {"before": "submitted", "after": "exchange"}),
    ]


def test_every_state_but_the_last_can_be_withdrawn():
    assert DOSSIER_TRANSITIONS.acts(S.WITHDRAWN) == []
    assert all(DOSSIER_TRANSITIONS.allows(state, "withdraw") for state in S if state is not S.WITHDRAWN)


def test_two_drafts_opened_at_once_get_two_codes(app, place):
    codes = {services.create_dossier(place.ines, territory_id=place.territory.id).code for _ in range(5)}
    assert len(codes) == 5
    assert db.session.query(Dossier).count() == 5
