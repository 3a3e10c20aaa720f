"""The floor of a fan-out: a plain loop that sends one ready buffer to every socket. `python -m
tests.bench.raw_writer COUNT`.

Reads « <bytes> » lines on its standard input, sends a frame of that many bytes to each connection, and
answers with the instant (monotonic) at which it began.
"""

import socket
import sys
import time


def main() -> None:
    """Take the connections, then send on demand."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=2048)
    print(listening.getsockname()[1], flush=True)
    clients = [listening.accept()[0] for _ in range(int(sys.argv[1]))]
    for client in clients:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    print("ready", flush=True)
    for line in sys.stdin:
        ready = frame_of_size(int(line))
        began = time.monotonic()
        for client in clients:
            client.send(ready)
        print(repr(began), flush=True)


def frame_of_size(size: int) -> bytes:
    """A websocket text frame that takes so many bytes on the wire."""
    if size < 65_536:
        return b"\x81\x7e" + (size - 4).to_bytes(2, "big") + b"x" * (size - 4)
    return b"\x81\x7f" + (size - 10).to_bytes(8, "big") + b"x" * (size - 10)


if __name__ == "__main__":
    main()
