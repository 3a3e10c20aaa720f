"""The same request from many browsers in the same instant."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from flask.testing import FlaskClient

from tests.databases import settle

TOKEN = re.compile(r'name="csrf_token"[^>]*?value="([^"]+)"')


def all_at_once(app: Flask, count: int, page: str, url: str, data: dict[str, str]) -> list[int]:
    """Open `page` in `count` browsers, then send the form to `url` from all at once; the statuses."""
    settle()
    start = threading.Barrier(count)

    def send(_number: int) -> int:
        client = FlaskClient(app, app.response_class)
        token = TOKEN.search(client.get(page).text)
        assert token
        start.wait()
        return client.post(url, data={"csrf_token": token[1], **data}).status_code

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(send, range(count)))
