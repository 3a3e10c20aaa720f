"""What a whole server spends on clients that only listen, and on those that will not leave."""

import socket
from pathlib import Path

import pytest
import requests

from tests.bench.sockets import follow, handshake
from tests.databases import settle
from tests.realtime.people import cookies_of
from tests.realtime.running import Process
from tests.servers import until

MANY = 30


@pytest.fixture
def server(config, scene):
    settle()
    one = Process(config)
    yield one
    one.kill()


@pytest.fixture
def opened():
    sockets: list[socket.socket] = []
    socket.setdefaulttimeout(20.0)  # one that is not answered fails the test
    yield sockets
    socket.setdefaulttimeout(None)
    for one in sockets:
        one.close()


def threads(server):
    """How many threads the process that serves has."""
    (worker,) = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    (line,) = [one for one in Path(f"/proc/{worker}/status").read_text().splitlines() if "Threads" in one]
    return int(line.split()[1])


def test_a_line_that_listens_holds_no_thread(server, opened, app, scene):
    cookie = cookies_of(app, scene.leonie)["session"]
    opened.extend(follow(server.port, cookie, str(scene.day.id)) for _ in range(5))
    before = threads(server)
    opened.extend(follow(server.port, cookie, str(scene.day.id)) for _ in range(MANY))
    assert threads(server) < before + 10


def test_lines_that_are_cut_leave_nothing_open(server, opened, app, scene):
    cookie = cookies_of(app, scene.leonie)["session"]
    opened.append(follow(server.port, cookie, str(scene.day.id)))
    before = open_sockets(server)
    cut = [follow(server.port, cookie, str(scene.day.id)) for _ in range(MANY)]
    assert open_sockets(server) >= before + MANY
    for one in cut:
        one.close()
    until(lambda: open_sockets(server) <= before, "the sockets of who is gone")


def test_who_is_cut_off_is_gone_without_hanging_up(server, opened, app, scene):
    cookie = cookies_of(app, scene.leonie)["session"]
    before = open_sockets(server)
    opened.extend(follow(server.port, cookie, str(scene.day.id)) for _ in range(MANY))
    for one in opened:
        one.sendall(b"\x81\x80\0\0\0\0")  # no message at all
    until(lambda: open_sockets(server) <= before, "the sockets of who was cut off")


#: Frames that no browser sends: reserved bits, an unknown kind, no mask, a continuation of nothing, a length
#: beyond all bounds, a goodbye that says nonsense, a ping too long, letters that are none, half a
#: head.
NONSENSE = {
    "reserved": b"\xf1\x81\0\0\0\0x",
    "unknown": b"\x83\x81\0\0\0\0x",
    "unmasked": b"\x81\x01x",
    "continuation": b"\x80\x81\0\0\0\0x",
    "endless": b"\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\0",
    "goodbye": b"\x88\x81\0\0\0\0x",
    "ping": b"\x89\xfe\0\x80\0\0\0\0" + b"x" * 128,
    "letters": b"\x81\x82\0\0\0\0\xc3\x28",
    "head": b"\x81\xfe\0",
    "packet": b"\x81\x81\0\0\0\0x",
    "binary": b"\x82\x84\0\0\0\0\xff\xfe\0\x01",
}


def test_nonsense_on_a_line_is_nobody_else_s_trouble(server, opened, app, scene):
    cookie = cookies_of(app, scene.leonie)["session"]
    for sent in NONSENSE.values():
        opened.append(follow(server.port, cookie, str(scene.day.id)))
        opened[-1].sendall(sent)
        opened.append(follow(server.port, cookie, str(scene.day.id)))
    before = open_sockets(server)
    for one in opened:
        one.close()
    until(lambda: open_sockets(server) <= before - len(NONSENSE), "lines that go")


def test_clients_that_never_hang_up_delay_nobody(server, opened):
    for _ in range(MANY):
        one = socket.create_connection(("127.0.0.1", server.port))
        one.sendall(b"GET /connexion HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        opened.append(one)
    for one in opened:
        assert one.recv(12) == b"HTTP/1.1 200"
    assert requests.get(f"{server.url}/connexion", timeout=15).status_code == 200


def test_a_line_that_is_refused_is_told_so(server, opened):
    one = socket.create_connection(("127.0.0.1", server.port))
    opened.append(one)
    one.sendall(handshake(server.port, "nobody"))
    assert one.recv(12) == b"HTTP/1.1 401"


def open_sockets(server):
    """How many sockets of clients the process that serves holds; those to the database are not counted."""
    (worker,) = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    held = {_names(one) for one in Path(f"/proc/{worker}/fd").iterdir()}
    told = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    of_clients = {f"socket:[{one[9]}]" for one in told if one[1].endswith(f":{server.port:04X}")}
    return len(held & of_clients)


def _names(link):
    try:
        return str(link.readlink())
    except OSError:  # closed meanwhile
        return ""
