"""Every event of the socket × actor × day, against a table written by hand; and what no client can obtain."""

import json
import urllib.parse

import pytest
import requests
import socketio
import websocket

from commission_app.realtime import guard as guard_module
from commission_app.sessions.day.fragments import Audience
from tests.databases import settle
from tests.realtime.people import Follower, LiveServer
from tests.security.conftest import nothing_written
from tests.security.live import screen_of_room
from tests.security.matrix import ACTORS
from tests.servers import until

Refused = socketio.exceptions.ConnectionError
MEMBERS, DESK, SCREEN = Audience.MEMBERS, Audience.FACILITATION, Audience.SCREEN

#: The event `connect`: who stands in which audiences of which day. Who is not named is refused.
CONNECT = {
    "live_day": {
        "referent": {MEMBERS},
        "coordinator": {MEMBERS},
        "participant": {MEMBERS},
        "facilitator": {MEMBERS, DESK},
        "screen": {SCREEN},
    },
    "ready_day": {
        "referent": {MEMBERS},
        "coordinator": {MEMBERS},
        "participant": {MEMBERS},
        "facilitator": {MEMBERS, DESK},
    },
    "day_elsewhere": {"coordinator_elsewhere": {MEMBERS}},
}
ACTORS_AND_SCREEN = (*ACTORS, "screen")
#: Every other event, whatever its name: refused to all who stand in a room, heard by nobody.
FORGED = (
    "join",
    "join_room",
    "leave",
    "close_room",
    "members",
    "facilitation",
    "screen",
    "version",
    "presence",
    "message",
    "json",
    "error",
    "decision_recorded",
    "__class__",
    "",
    "🙂" * 40,
)
HOSTILE = [
    "null",
    "https://ailleurs.invalid",
    "http://ailleurs.invalid",
    "https://spie.example.ailleurs.invalid",
    "https://ailleurs.invalid/https://spie.example",
    "https://spie.example@ailleurs.invalid",
    "https://ailleurs.invalid#https://spie.example",
    "https://xspie.example",
    "https://spie.exampl",
    "https://spie.example.",
    "https://www.spie.example",
    "https://sub.spie.example",
    "http://spie.example",
    "https://spie.example:444",
    "https://spie.example:80",
    "https://spie.example/",
    "https://SPIE.example",
    "HTTPS://spie.example",
    "https://sp\u0131e.example".encode().decode("latin-1"),
    "https://xn--spe-eza.example",
    "file://",
    "https://",
    "https://spie.example, https://ailleurs.invalid",
    "*",
]
PLAYS_THE_SERVER = ('2["disconnect"]', '2["connect"]', '2["*",{}]', "0", '0{"session":"x"}', "1")
FRAMES = [
    "",
    "2",
    "2[",
    "2[]",
    "2{}",
    "2null",
    '2["a"',
    "2[[[[[[[[[]]]]]]]]]",
    "2" + "[" * 20_000,
    '2{"a":' * 5_000,
    "2[1]",
    "2[null]",
    '2[{"__proto__":1}]',
    '2/ailleurs,["x"]',
    "2/,",
    "0",
    '0{"session":1}',
    "0/admin,",
    "1",
    "3",
    "351[]",
    '399999999999["x"]',
    '51-["x",{"_placeholder":true,"num":0}]',
    '5999999-["x"]',
    '5-1-["x"]',
    "6[]",
    "61-[]",
    "9not a packet",
    "\u0000\u0000",
    "2" + json.dumps(["x", {"k": "v" * 30_000}]),
    b"\x00\xff",
]


@pytest.fixture
def live(app, attempts):
    """The application answering on a port, its day under way, its room screen linked."""
    screen_of_room(attempts.world)
    settle()
    server = LiveServer(app)
    yield server
    server.stop()


@pytest.fixture
def open_as(live, attempts):
    """Open the socket of an actor on a day: `open_as("participant", "live_day")`."""
    opened = []

    def run(actor, day, **how):
        day_id = attempts.world[day].id
        settle()
        opened.append(Follower(live.url, cookies_of(attempts, actor), day_id))
        return opened[-1].join(**how)

    yield run
    for one in opened:
        one.leave()


def cookies_of(attempts, actor):
    if actor == "screen":
        return {"screen": "screen-token"}
    cookie = attempts.client(actor).get_cookie("session")
    return {"session": cookie.value} if cookie else {}


def audiences_in(app):
    lines, *_ = app.extensions["commission_live"]
    return [connected.audiences for connected in lines.all()]


@pytest.mark.parametrize("day", CONNECT)
def test_each_actor_stands_where_the_table_says(app, open_as, day):
    for actor in ACTORS_AND_SCREEN:
        wanted = CONNECT[day].get(actor)
        if wanted is None:
            with pytest.raises(Refused):
                open_as(actor, day)
            assert audiences_in(app) == [], actor
            continue
        page = open_as(actor, day)
        assert audiences_in(app) == [frozenset(wanted)], actor
        page.leave()
        until(lambda: not audiences_in(app), "the departure")


def test_forged_events_and_rooms_bring_nothing_and_change_nothing(app, open_as, attempts):
    day = str(attempts.world["live_day"].id)
    settle()
    guard = app.extensions["commission_guard"]
    stands = CONNECT["live_day"]
    pages = {actor: open_as(actor, "live_day") for actor in stands}
    stranger = open_as("coordinator_elsewhere", "day_elsewhere")
    before, wish = guard.refused["unknown_event"], {"room": f"session:{day}:facilitation", "territory": day}
    with nothing_written():
        for page in (*pages.values(), stranger):
            for name in FORGED:
                page.socket.emit(name, wish)
        refused = before + len(FORGED) * (len(pages) + 1)
        until(lambda: guard.refused["unknown_event"] == refused, "each refusal")
    pages["participant"].act(f"/sessions/{day}/main-levee")
    for actor, audiences in stands.items():
        until(lambda a=actor: all(pages[a].received[one.value] for one in stands[a]), actor)
        heard = {event for event, messages in pages[actor].received.items() if messages}
        allowed = (
            {one.value for one in audiences} | {"version"} | ({"presence"} if DESK in audiences else set())
        )
        assert heard <= allowed, actor
    assert {event for event, messages in stranger.received.items() if messages} == {"version"}
    heard = {actor: json.dumps(page.received, ensure_ascii=False) for actor, page in pages.items()}
    shared = attempts.world.canaries["champs partagés"] | attempts.world.canaries["texte arles"]
    for actor, frames in heard.items():
        assert not [token for token in attempts.every_canary - shared if token in frames], actor
    assert [token for token in shared if token in heard["participant"]]


def test_a_hostile_frame_harms_its_author_alone(app, open_as, attempts, capfd):
    day = str(attempts.world["live_day"].id)
    settle()
    other = open_as("facilitator", "live_day")
    for frame in FRAMES:
        offender = open_as("participant", "live_day")
        with nothing_written():
            offender.socket.eio.send(frame)
            offender.leave()
            until(lambda: len(audiences_in(app)) == 1, f"the end of who sent {frame[:40]!r}")
        assert other.socket.connected
    other.act(f"/sessions/{day}/main-levee")
    until(lambda: other.received["facilitation"], "the act of another")
    assert "Traceback" not in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    "frame",
    ['2["disconnect"]', '2["connect"]', '2["*",{}]', '2["disconnect","x"]', "0", '0{"session":"x"}', "1"],
)
def test_who_plays_the_server_is_cut_and_hears_no_more(app, open_as, attempts, frame):
    """Neither an event with a name of the server nor a second request hides a line from who hangs up."""
    day = str(attempts.world["live_day"].id)
    settle()
    offender, other = open_as("participant", "live_day"), open_as("facilitator", "live_day")
    offender.socket.eio.send(frame)
    until(lambda: len(audiences_in(app)) == 1, "the end of the line")
    assert offender.cut.wait(3)
    other.act(f"/sessions/{day}/main-levee")
    until(lambda: other.received["facilitation"], "the act of another")
    assert not offender.received["members"]


def test_who_is_nobody_gets_no_line(app, live):
    guard = app.extensions["commission_guard"]
    before = guard.refused["nobody"]
    for cookies in ({}, {"session": "forged"}, {"screen": "forged"}):
        address = f"{live.url}/socket.io/?EIO=4&transport=polling"
        assert requests.get(address, cookies=cookies).status_code == 401
    assert guard.refused["nobody"] == before + 3


def test_who_asks_for_no_day_is_cut_when_somebody_comes(app, live, attempts, open_as, monkeypatch):
    cookie = "; ".join("=".join(pair) for pair in cookies_of(attempts, "participant").items())
    settle()
    address = f"ws://127.0.0.1:{live.port}/socket.io/?EIO=4&transport=websocket"
    idle = websocket.create_connection(address, cookie=cookie, timeout=5)
    assert idle.recv().startswith("0")
    monkeypatch.setattr(guard_module, "WAITING_SECONDS", 0.0)
    open_as("facilitator", "live_day")
    assert idle.recv() in ("", "1")
    idle.close()


def test_200_messages_a_minute_are_heard_and_the_next_one_cuts(app, open_as):
    guard = app.extensions["commission_guard"]
    page = open_as("participant", "live_day")
    engine_sid = app.extensions["commission_live"][0].all()[0].engine_sid
    sent = len(guard._times[engine_sid].get(False, ()))
    for _ in range(200 - sent):
        assert not guard._is_flood(engine_sid, is_notes=False)
    page.socket.eio.send('2["one too many"]')
    assert page.cut.wait(3)


def test_rooms_are_named_by_the_server_alone(open_as, attempts, app):
    world = attempts.world
    elsewhere = str(world["day_elsewhere"].id)
    settle()
    wishes = (
        {"session": elsewhere},
        {"session": elsewhere, "audience": "members"},
        {"session": [elsewhere]},
        {"room": f"session:{elsewhere}:members"},
        {"session": f"{elsewhere}:members"},
        {"session": elsewhere.upper().replace("-", "")},
    )
    for wish in wishes:
        with pytest.raises(Refused):
            open_as("facilitator", "live_day", auth=wish)
    assert audiences_in(app) == []


@pytest.fixture
def public_site(make_app, attempts):
    """The application with the settings of production, on a port."""
    screen_of_room(attempts.world)
    settle()
    server = LiveServer(
        make_app(
            production=True,
            testing=False,
            https=True,
            base_url="https://spie.example",
            trusted_proxies=1,
            mail_backend="smtp",
            mail_sender="spie@spie.example",
            mail_domain="spie.example",
        )
    )
    yield server
    server.stop()


def polled(server, origin):
    """The status of a first poll from a page of that origin."""
    address = f"{server.url}/socket.io/?EIO=4&transport=polling"
    headers = {"Origin": origin} if origin else {}
    return requests.get(address, headers=headers, cookies={"screen": "screen-token"})


def upgraded(server, origin):
    """Whether a page of that origin gets a websocket."""
    address = f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
    host = urllib.parse.urlsplit(server.url).netloc
    try:
        line = websocket.create_connection(address, origin=origin, host=host, cookie="screen=screen-token")
    except websocket.WebSocketBadStatusException:
        return False
    line.close()
    return True


def test_a_page_of_another_origin_gets_no_line(public_site):
    for origin in HOSTILE:
        answer = polled(public_site, origin.encode("utf-8", "surrogateescape"))
        assert answer.status_code == 400, origin
        assert "Access-Control-Allow-Origin" not in answer.headers, origin
        assert not upgraded(public_site, origin), origin


def test_a_page_of_the_site_gets_its_line(public_site):
    assert polled(public_site, "https://spie.example").status_code == 200
    assert upgraded(public_site, "https://spie.example")
