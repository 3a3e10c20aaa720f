"""The floor of a fan-out: a plain loop that sends one ready buffer to every socket. `python -m
tests.bench.raw_writer`.

Reads « <bytes> » lines on its standard input, sends that many bytes to each connection, and answers with the
instant (monotonic) at which it began.
"""

import socket
import sys
import time


def main() -> None:
    """Take the connections, then send on demand."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=2048)
    print(listening.getsockname()[1], flush=True)
    clients = [listening.accept()[0] for _ in range(int(sys.argv[1]))]
    print("ready", flush=True)
    for line in sys.stdin:
        ready = b"\x81" * int(line)
        began = time.monotonic()
        for client in clients:
            client.send(ready)
        print(repr(began), flush=True)


if __name__ == "__main__":
    main()
