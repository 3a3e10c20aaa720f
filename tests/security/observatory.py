"""The grade that Mozilla's HTTP Observatory gives to an answer, by the rules of its algorithm 4.

Its own program scans hosts of the open internet and brings a database and a server of its own with it; it
cannot look at an answer in a test. What it looks at in one answer is written here by hand. Two of its
checks are about the host (redirection to https, a certificate) and cost nothing where a proxy does them.
"""

import re
from collections.abc import Iterable, Mapping

from bs4 import BeautifulSoup

BROAD = {"*", "http:", "https:", "ftp:", "data:", "blob:"}
UNSAFE = BROAD | {"'unsafe-inline'"}
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
GRADES = ((100, "A+"), (90, "A"), (85, "A-"), (80, "B+"), (70, "B"), (65, "B-"), (60, "C+"), (0, "D or less"))
SIX_MONTHS = 15_768_000
ENOUGH_FOR_CREDIT = 90

Checks = dict[str, int]


def grade(headers: Mapping[str, str], cookies: Iterable[str], html: str) -> tuple[int, str, Checks]:
    """The score, its letter, and what each check brought or cost."""
    checks = {
        "content-security-policy": _policy(headers.get("Content-Security-Policy", "")),
        "cookies": _cookies(list(cookies)),
        "cross-origin-resource-sharing": -50 if "Access-Control-Allow-Origin" in headers else 0,
        "cross-origin-resource-policy": _resource_policy(headers.get("Cross-Origin-Resource-Policy", "")),
        "referrer-policy": _referrer(headers.get("Referrer-Policy", "")),
        "strict-transport-security": _transport(headers.get("Strict-Transport-Security", "")),
        "subresource-integrity": _scripts(html),
        "x-content-type-options": 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        "x-frame-options": _frames(headers),
    }
    without_credit = 100 + sum(points for points in checks.values() if points < 0)
    score = 100 + sum(checks.values()) if without_credit >= ENOUGH_FOR_CREDIT else without_credit
    return score, next(letter for least, letter in GRADES if score >= least), checks


def directives(policy: str) -> dict[str, set[str]]:
    """A content security policy, directive by directive."""
    parts = (part.split() for part in policy.split(";") if part.strip())
    return {name.lower(): set(sources) for name, *sources in parts}


def _policy(text: str) -> int:
    found = directives(text)
    if not found:
        return -25
    default = found.get("default-src", {"*"})
    scripts, styles, objects = (
        found.get(name, default) for name in ("script-src", "style-src", "object-src")
    )
    sources = set().union(*found.values())
    if scripts & UNSAFE or objects & BROAD:
        return -20
    if any(source.startswith(("http:", "ftp:")) for source in sources):
        return -20
    if "'unsafe-eval'" in scripts | styles:
        return -10
    if styles & UNSAFE:
        return 0
    return 10 if default == {"'none'"} else 5


def _cookies(cookies: list[str]) -> int:
    worst = 5 if cookies else 0
    for cookie in cookies:
        name, words = cookie.split("=", 1)[0].lower(), cookie.lower()
        is_session = "sess" in name or "login" in name
        if "; secure" not in words:
            worst = min(worst, -40 if is_session else -20)
        if is_session and "; httponly" not in words:
            worst = min(worst, -30)
        if re.search(r"samesite=(?!strict|lax)", words):
            worst = min(worst, -20)
        if "samesite" not in words:
            worst = min(worst, -20 if "csrf" in name else 0)
    return worst


def _resource_policy(text: str) -> int:
    return {"": 0, "cross-origin": 0, "same-site": 10, "same-origin": 10}.get(text, -5)


def _referrer(text: str) -> int:
    if not text:
        return 0
    return 5 if {part.strip() for part in text.split(",")} <= PRIVATE else -5


def _transport(text: str) -> int:
    age = re.search(r"max-age=(\d+)", text)
    if age is None:
        return -20
    return 0 if int(age[1]) >= SIX_MONTHS else -10


def _scripts(html: str) -> int:
    scripts = BeautifulSoup(html, "html.parser").find_all("script", src=True)
    elsewhere = [script for script in scripts if re.match(r"(https?:)?//", str(script["src"]))]
    if not elsewhere:
        return 5 if scripts and all(script.get("integrity") for script in scripts) else 0
    return -50 if any(str(script["src"]).startswith("http:") for script in elsewhere) else -5


def _frames(headers: Mapping[str, str]) -> int:
    if "frame-ancestors" in directives(headers.get("Content-Security-Policy", "")):
        return 5
    return 0 if headers.get("X-Frame-Options") in {"DENY", "SAMEORIGIN"} else -20
