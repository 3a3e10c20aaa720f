"""Files sent by a browser never touch the disk."""

import io
from typing import IO

from flask import Request


class MemoryRequest(Request):
    """A request whose files are read in memory; their size is bounded by that of the body."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return io.BytesIO()
