"""Following every link from a home, as somebody curious would."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urldefrag, urljoin

from werkzeug.test import TestResponse

from tests.clients import Client

A_KIND = 2  # addresses of one shape that are visited: the third dossier looks like the second
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/|$)|[\w-]{40,}")
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')  # the client has checked that the page is strict HTML
NOT_PAGES = ("/static/", "/demo", "/healthz")


@dataclass
class Visit:
    """What was seen: each address with its answer, and what was wrong, in sentences."""

    seen: dict[str, int] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def crawl(client: Client, start: str = "/", *, a_kind: int = A_KIND) -> Visit:
    """Visit every page reachable by links; each must answer 200 and pass the checks of every answer."""
    visit, waiting, shapes = Visit(), [(start, "")], Counter[str]()
    while waiting:
        url, source = waiting.pop(0)
        shape = shape_of(url)
        if url in visit.seen or shapes[shape] >= a_kind:
            continue
        shapes[shape] += 1
        waiting += [(target, url) for target in _look(client, url, source, visit)]
    return visit


def shape_of(url: str) -> str:
    """The address without what tells one page of a kind from the next."""
    return IDENTIFIER.sub("*", re.sub(r"=[^&]*", "=", url))


def _look(client: Client, url: str, source: str, visit: Visit) -> list[str]:
    visit.seen[url] = 0
    try:
        answer = client.get(url, follow_redirects=True)
    except AssertionError as error:
        visit.faults.append(f"{url} (from {source}): {str(error)[:300]}")
        return []
    visit.seen[url] = answer.status_code
    if answer.status_code != 200:
        visit.faults.append(f"{url} (from {source}): {answer.status_code}")
    if answer.mimetype != "text/html":
        return []
    visit.pages.append(url)
    return _links(url, answer)


def _links(url: str, answer: TestResponse) -> list[str]:
    page = answer.get_data(as_text=True)
    found = (urldefrag(urljoin(url, unescape(href)))[0] for href in LINK.findall(page))
    return [target for target in found if target.startswith("/") and not target.startswith(NOT_PAGES)]
