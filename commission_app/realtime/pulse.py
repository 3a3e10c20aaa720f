"""One thread a process that asks each client from time to time whether it is still there."""

import threading
import time
from collections import deque
from contextlib import suppress
from typing import Any

from engineio import packet as engine_packet
from engineio.exceptions import SocketIsClosedError
from engineio.packet import Packet


class Pulse:
    """Each client is asked once so many seconds (`interval`) after its last answer."""

    def __init__(self, interval: float) -> None:
        self._interval = interval
        self._lock = threading.Lock()
        self._expected: deque[tuple[float, Any]] = deque()

    def expect(self, client: Any) -> None:
        """Ask a client when its time comes. The thread starts with the first and ends with the last."""
        with self._lock:
            self._expected.append((time.monotonic() + self._interval, client))
            if len(self._expected) == 1:
                threading.Thread(target=self._beat, name="pulse", daemon=True).start()

    def _beat(self) -> None:
        while True:
            due, client = self._expected[0]
            time.sleep(max(0.0, due - time.monotonic()))
            self._ask(client)
            with self._lock:
                self._expected.popleft()
                if not self._expected:
                    return

    def _ask(self, client: Any) -> None:
        if not client.closing and not client.closed:
            client.last_ping = time.time()
            with suppress(SocketIsClosedError):  # closed in this very moment
                client.send(Packet(engine_packet.PING))
