"""The rival of a fan-out: python-socketio's AsyncServer under uvicorn (uvloop, websockets), which does
nothing else. `python -m tests.bench.bare_socketio PORT`.

Reads « <bytes> » lines on its standard input, emits to the room of everybody a message that takes about as
many bytes on the wire, ready-made text in it, and answers with the instant (monotonic) at which it began.
Compression is off, as it is for the product.
"""

import asyncio
import sys
import time

import socketio
import uvicorn
import uvloop

HEAD = len('42["members",{"html":""}]') + 4


def main() -> None:
    """Serve until the standard input ends."""
    server = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*")

    @server.event
    async def connect(sid: str, _environ: object, _auth: object = None) -> None:
        await server.enter_room(sid, "everybody")

    asgi = socketio.ASGIApp(server)
    config = uvicorn.Config(
        asgi,
        port=int(sys.argv[1]),
        log_level="error",
        ws_per_message_deflate=False,
        ws_ping_interval=None,  # engine.io has pings of its own, which the readers answer
        lifespan="off",
    )
    served = uvicorn.Server(config)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_both(served, server))


async def _both(served: uvicorn.Server, server: socketio.AsyncServer) -> None:
    serving = asyncio.create_task(served.serve())
    await _on_demand(server)
    served.should_exit = True
    await serving


async def _on_demand(server: socketio.AsyncServer) -> None:
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        message = {"html": "x" * (int(line) - HEAD)}
        began = time.monotonic()
        await server.emit("members", message, to="everybody")
        print(repr(began), flush=True)


if __name__ == "__main__":
    main()
