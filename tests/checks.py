"""What every answer of the platform must be, checked on each response of each test client."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Collection
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from pypdf import PdfReader
from werkzeug.test import TestResponse

NO_INLINE = re.compile(r"unsafe-(inline|eval)")
ALWAYS = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY"}
TOKENS = re.compile(r'(name="csrf_token"[^>]*?value="|"X-CSRFToken": ")[^"]+')
ZIPPED = b"PK\x03\x04"
PARSER_NOISE = {"expected-doctype-but-got-start-tag"}


def check_response(response: TestResponse) -> None:
    """Fail when an answer breaks a rule that holds for all of them."""
    where = f"{response.request.method} {response.request.path} → {response.status_code}"
    assert response.status_code < 500, where
    check_headers(response, where)
    has_page = response.mimetype == "text/html" and not 300 <= response.status_code < 400
    if has_page and response.get_data():
        check_html(response.get_data(as_text=True), where)


def check_headers(response: TestResponse, where: str) -> None:
    """The browser is told to refuse what the platform never does."""
    for name, value in ALWAYS.items():
        assert response.headers.get(name) == value, f"{where}: {name}"
    policy = response.headers.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy or "default-src 'self'" in policy, f"{where}: no content policy"
    assert not NO_INLINE.search(policy), f"{where}: {policy}"
    assert response.headers.get("Referrer-Policy"), f"{where}: Referrer-Policy"
    is_asset = response.request.path.startswith("/static/") and response.status_code < 400
    assert is_asset or response.headers.get("Cache-Control") == "no-store", f"{where}: Cache-Control"


def check_html(text: str, where: str = "fragment") -> None:
    """Strict HTML; a page has one h1, a title and its language; no id stands twice; nothing is inline."""
    if problem := _problem(without_tokens(text)):
        raise AssertionError(f"{where}: {problem}")


def forbid(response: TestResponse, tokens: Collection[str]) -> None:
    """Fail when an answer, headers included, carries one of the tokens its reader must never see."""
    if not tokens:
        return
    body = words_in(response.get_data(), response.mimetype) + str(response.headers)
    for token in tokens:
        assert token not in body, f"{response.request.path} shows « {token} »"


def words_in(data: bytes, mimetype: str) -> str:
    """What a reader finds in an answer: files of an office are opened, other bytes are read as they stand."""
    if mimetype == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    if data[:4] == ZIPPED:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    return data.decode(errors="replace")


def without_tokens(text: str) -> str:
    """A page without its tokens for forms, which alone tell two renderings of the same apart."""
    return TOKENS.sub(r"\1", text)


@lru_cache(maxsize=4096)
def _problem(text: str) -> str:
    is_page = text.lstrip()[:9].lower() == "<!doctype"
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Any = parser.parse(text) if is_page else parser.parseFragment(text)
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    found = [*_syntax(parser), *_twice(elements), *_inline(elements)]
    if is_page:
        found += _page(elements)
    return "; ".join(found)


def _syntax(parser: Any) -> list[str]:
    return [f"{code} {where} {detail}" for where, code, detail in parser.errors if code not in PARSER_NOISE]


def _twice(elements: list[Element]) -> list[str]:
    ids = Counter(element.get("id") for element in elements if element.get("id"))
    return [f"id « {name} » stands {count} times" for name, count in ids.items() if count > 1]


def _inline(elements: list[Element]) -> list[str]:
    found = []
    for element in elements:
        names = [name for name in element.attrib if name == "style" or re.fullmatch(r"on[a-z]+", str(name))]
        found += [f"<{element.tag} {name}>" for name in names]
        is_code = element.tag == "script" and element.get("type", "") in ("", "module", "text/javascript")
        if element.tag == "style" or (is_code and not element.get("src")):
            found.append(f"inline <{element.tag}>")
    return found


def _page(elements: list[Element]) -> list[str]:
    headings = [element for element in elements if element.tag == "h1"]
    titles = [element for element in elements if element.tag == "title" and (element.text or "").strip()]
    root = next(element for element in elements if element.tag == "html")
    found = [] if len(headings) == 1 else [f"{len(headings)} h1"]
    found += [] if titles else ["no title"]
    return found + ([] if root.get("lang") == "fr" else ["lang is not fr"])
