"""The bus between processes: hints alone, so that it never holds up an act and its absence loses nothing."""

import time
from typing import Any

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from socketio import RedisManager

#: How long an act waits for the bus, and for how long a bus that failed is not asked again.
PATIENCE_SECONDS = 0.5
SILENCE_SECONDS = 3.0
LISTEN_AGAIN_SECONDS = 1.0

log = structlog.get_logger()


class Bus(RedisManager):  # type: ignore[misc]
    """Redis as the bus. One that is gone or does not answer is left alone for a moment; each process then
    finds by the database what the others did."""

    def __init__(self, url: str, **options: Any) -> None:
        super().__init__(url, **options)
        self._out = Redis.from_url(
            url,
            socket_timeout=PATIENCE_SECONDS,
            socket_connect_timeout=PATIENCE_SECONDS,
            retry=Retry(NoBackoff(), 1),
        )
        self._silent_until = 0.0

    def _publish(self, data: Any) -> None:
        if time.monotonic() < self._silent_until:
            return
        try:
            self._out.publish(self.channel, self.json.dumps(data))
        except (RedisError, OSError) as error:
            self._silent_until = time.monotonic() + SILENCE_SECONDS
            log.warning("bus_silent", error=type(error).__name__)

    def _redis_listen_with_retries(self) -> Any:
        """Every message of the channel; a bus that went away is asked for again every second, however long it
        is gone."""
        while True:
            try:
                self._redis_connect()
                self.pubsub.subscribe(self.channel)
                yield from self.pubsub.listen()
            except (RedisError, OSError) as error:
                log.warning("bus_gone", error=type(error).__name__)
                time.sleep(LISTEN_AGAIN_SECONDS)
