"""One thread a process listens to every line; what is heard is answered by a few, a client's words in their
order."""

import selectors
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commission_app.realtime.transport import Line

#: Who comes and goes is seen to by as many as may pass at once: however many come, others are answered.
DOORKEEPERS = 2
CLERKS = 24


class Switchboard:
    """The lines of one server. The thread starts with the first line and ends with the last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0
        self._selector: selectors.BaseSelector | None = None
        self.doors = ThreadPoolExecutor(DOORKEEPERS, thread_name_prefix="door")
        self._answers = ThreadPoolExecutor(CLERKS, thread_name_prefix="answer")

    def follow(self, line: "Line") -> None:
        """Listen to a line from now on; what was heard on it before is answered first."""
        self._pass_on(line)
        with self._lock:
            self._count += 1
            if self._selector is None:
                self._selector = selectors.DefaultSelector()
                threading.Thread(
                    target=self._listen, args=(self._selector,), name="switchboard", daemon=True
                ).start()
            self._selector.register(line.raw, selectors.EVENT_READ, line)

    def _listen(self, selector: selectors.BaseSelector) -> None:
        while not self._is_idle():
            for key, _events in selector.select():
                line: Line = key.data
                if line.hear(now=True):
                    self._pass_on(line)
                    continue
                selector.unregister(line.raw)
                with self._lock:
                    self._count -= 1
                self._pass_on(line, is_over=True)
        selector.close()

    def _is_idle(self) -> bool:
        """Whether the last line is gone; who comes now starts anew."""
        with self._lock:
            if not self._count:
                self._selector = None
            return not self._count

    def _pass_on(self, line: "Line", *, is_over: bool = False) -> None:
        if line.take_heard(is_over=is_over):
            (self.doors if line.is_at_the_door else self._answers).submit(line.answer)
