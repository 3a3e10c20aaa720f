"""The send path: whole frames in order, whoever writes, however slowly the other side reads."""

import contextlib
import queue
import socket
import struct
import threading

import pytest
from engineio import packet as engine_packet
from engineio.packet import Packet
from engineio.socket import Socket

from commission_app.realtime.transport import Line, Waiting, Wire, frame, frame_of


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


class Engine:
    """What a line needs of its engine.io client: a queue that a writer empties."""

    def __init__(self):
        self.queue = queue.Queue()

    def handle(self, _ws):
        """Never called here."""


class OpenLine(Line):
    """A line on a given socket, without the handshake."""

    def __init__(self, raw):
        self.engine = Engine()
        super().__init__(self.engine.handle, None)
        self.ws = type("Ws", (), {"connected": True, "sock": Wire(raw)})()

    def write_queue(self, count):
        """What the writer thread does."""
        for _ in range(count):
            self.send(self.engine.queue.get(timeout=5).encode())


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
        line.post(Packet(engine_packet.MESSAGE, text))
    waiting = line.engine.queue.qsize()
    assert waiting > 10
    writer = threading.Thread(target=line.write_queue, args=(waiting,))
    writer.start()
    reader = Reader(theirs)
    assert [reader.message() for _ in texts] == ["4" + text for text in texts]
    writer.join(5)
    assert not line.queued


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
    stop = threading.Event()

    def write():
        while not stop.is_set() or line.engine.queue.qsize():
            with contextlib.suppress(queue.Empty):
                line.send(line.engine.queue.get(timeout=0.05).encode())

    def post(name):
        for number in range(100):
            line.post(Packet(engine_packet.MESSAGE, f"{name}:{number}:" + "z" * 500))

    threads = [threading.Thread(target=post, args=(name,)) for name in "abcd"]
    writer = threading.Thread(target=write)
    writer.start()
    for thread in threads:
        thread.start()
    reader = Reader(theirs)
    seen = {name: [] for name in "abcd"}
    for _ in range(400):
        name, number, body = reader.message()[1:].split(":")
        assert body == "z" * 500
        seen[name].append(int(number))
    stop.set()
    writer.join(5)
    assert all(numbers == list(range(100)) for numbers in seen.values())


def test_the_queue_carries_what_the_writer_finishes():
    assert Waiting.of(b"abc").ready == b"abc"


def test_the_private_names_that_the_send_path_leans_on_are_there(app):
    engine = app.extensions["socketio"].server.eio
    assert engine._async["websocket"] is Line
    assert Socket(engine, "sid").queue is not None
    assert {"sockets", "send_packet"} <= set(dir(engine))
    assert app.extensions["socketio"].server._handle_eio_message
