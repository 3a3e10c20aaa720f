"""The send path: whole frames in order, whoever writes, however slowly the other side reads."""

import contextlib
import socket
import struct
import threading

import pytest
from engineio import packet as engine_packet
from engineio.packet import Packet
from engineio.socket import Socket
from simple_websocket import Server

from commission_app.realtime.transport import Line, Outbox
from commission_app.realtime.wire import Wire, frame, frame_of
from tests.servers import until


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    yield ours, theirs
    ours.close()
    theirs.close()


class Reader:
    """Reads server frames off a socket."""

    def __init__(self, raw):
        self.file = raw.makefile("rb")

    def message(self):
        first, length = self.file.read(2)
        if length == 126:
            (length,) = struct.unpack(">H", self.file.read(2))
        elif length == 127:
            (length,) = struct.unpack(">Q", self.file.read(8))
        body = self.file.read(length)
        return body.decode() if first == 0x81 else body


class Client:
    """What a line needs of its engine.io client."""

    def handle(self, _ws):
        """Never called here."""


class OpenLine(Line):
    """A line on a given socket, without the handshake."""

    def __init__(self, raw):
        super().__init__(Client().handle, None)
        self.wire = Wire(raw)


def message(text):
    """A packet that carries a text."""
    return Packet(engine_packet.MESSAGE, text)


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65535, 65536, 200_000])
def test_a_frame_reads_back_as_it_was(pair, size):
    ours, theirs = pair
    text = "é" * (size // 2) + "a" * (size % 2)
    threading.Thread(target=ours.sendall, args=(frame(text),)).start()
    assert Reader(theirs).message() == text


def test_a_packet_is_framed_once():
    packet = Packet(engine_packet.MESSAGE, "bonjour")
    assert frame_of(packet) is frame_of(packet)


def test_messages_keep_their_order_when_the_reader_is_slow(pair):
    ours, theirs = pair
    line = OpenLine(ours)
    texts = [f"{number}:" + "x" * 3000 for number in range(60)]
    for text in texts:
        line.post(message(text))
    assert len(line._kept) > 10
    reader = Reader(theirs)
    assert [reader.message() for _ in texts] == ["4" + text for text in texts]
    until(lambda: not line._kept, "nothing kept")
    line.post(message("at once again"))
    assert reader.message() == "4at once again"
    assert not line._kept


def test_nobody_waits_for_who_does_not_read(pair):
    ours, theirs = pair
    line = OpenLine(ours)
    while not line._kept:
        line.post(message("x" * 3000))
    line.post(None)
    until(lambda: not line._kept, "the thread of a line that was cut")
    with theirs.makefile("rb") as file:
        assert file.read()  # to the end: the line is cut
    line.post(message("too late"))
    assert not line._kept


def test_a_socket_is_given_back_only_when_nobody_writes_on_it(pair):
    ours, _theirs = pair
    wire = Wire(ours)
    sending = threading.Thread(target=swallow, args=(wire, frame("y" * 3_000_000)))
    sending.start()
    until(wire._lock.locked, "somebody writes")
    wire.close()
    sending.join(5)
    assert not sending.is_alive()
    assert ours.fileno() < 0
    wire.hang_up()


def swallow(wire, data):
    """Write on a line that will be cut."""
    with contextlib.suppress(OSError):
        wire.send(data)


def test_what_is_for_a_client_that_polls_is_kept_until_it_has_a_line(pair):
    ours, theirs = pair
    box = Outbox()
    box.put(message("first"))
    assert box.get_nowait().data == "first"
    box.task_done()
    box.put(message("second"))
    box.attach(OpenLine(ours))
    box.put(message("third"))
    reader = Reader(theirs)
    assert [reader.message(), reader.message()] == ["4second", "4third"]
    box.join()


def test_a_frame_written_in_part_is_finished_before_anything_else(pair):
    ours, theirs = pair
    wire = Wire(ours)
    big = frame("y" * 300_000)
    assert wire.try_send(big)
    assert wire.has_rest
    assert not wire.try_send(frame("overtakes"))
    sending = threading.Thread(target=wire.send, args=(frame("after"),))
    sending.start()
    reader = Reader(theirs)
    assert [reader.message(), reader.message()] == ["y" * 300_000, "after"]
    sending.join(5)


def test_many_threads_never_mix_their_frames(pair):
    ours, theirs = pair
    line = OpenLine(ours)

    def post(name):
        for number in range(100):
            line.post(message(f"{name}:{number}:" + "z" * 500))

    threads = [threading.Thread(target=post, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    reader = Reader(theirs)
    seen = {name: [] for name in "abcd"}
    for _ in range(400):
        name, number, body = reader.message()[1:].split(":")
        assert body == "z" * 500
        seen[name].append(int(number))
    assert all(numbers == list(range(100)) for numbers in seen.values())


def test_the_private_names_that_the_send_path_leans_on_are_there(app):
    engine = app.extensions["socketio"].server.eio
    assert engine._async["websocket"] is Line
    assert isinstance(Socket(engine, "sid").queue, Outbox)
    assert Socket._send_ping
    assert {"sockets", "send_packet", "start_background_task"} <= set(dir(engine))
    assert {"_handle_events", "receive", "handshake"} <= set(dir(Server))
    assert app.extensions["socketio"].server._handle_eio_message
