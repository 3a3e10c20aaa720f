"""A network of so many milliseconds between pages and a server: each byte arrives later, in its order."""

import asyncio
from contextlib import closing, suppress

AT_ONCE = 1 << 16


async def far(port: int, seconds: float) -> int:
    """A port behind which a server is so far away, each way; as long as the process lives."""

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer), suppress(OSError):  # a server that is gone hangs up
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
            await asyncio.gather(_carry(reader, there_writer, seconds), _carry(there_reader, writer, seconds))
            await asyncio.sleep(2 * seconds)

    served = await asyncio.start_server(meet, "127.0.0.1", 0)
    number: int = served.sockets[0].getsockname()[1]
    return number


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    with suppress(OSError):
        while chunk := await reader.read(AT_ONCE):
            loop.call_later(seconds, writer.write, chunk)
    loop.call_later(seconds, writer.close)
