"""The live fragments: which audience has which, rendered from a LiveView alone, with or without a request."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from commission_app.core.addresses import path_for
from commission_app.core.web import render_fragment
from commission_app.sessions.day.arrivals.exports import arrival_of
from commission_app.sessions.day.view import LiveView
from commission_app.sessions.states import DecisionKind


class Audience(StrEnum):
    """Who shares one rendering."""

    FACILITATION = "facilitation"
    MEMBERS = "members"
    SCREEN = "screen"


#: The template of each fragment by its root id, for each audience.
FRAGMENTS: dict[Audience, dict[str, str]] = {
    Audience.FACILITATION: {
        "main-tenue": "day/desk/_floor.html",
        "horloge": "day/desk/_clock.html",
        "ordre-du-jour": "day/desk/_order.html",
        "point": "day/desk/_point.html",
        "decision": "day/desk/_composer.html",
        "notes": "day/desk/_notes.html",
        "parole": "day/desk/_hands.html",
        "presences": "day/desk/_seats.html",
        "plus-tard": "day/desk/_parked.html",
        "decisions-du-jour": "day/desk/_decisions.html",
    },
    Audience.MEMBERS: {
        "point": "day/live/_point.html",
        "relecture": "day/live/_read_back.html",
        "question": "day/live/_question.html",
        "demandes": "day/live/_hands.html",
        "presents": "day/live/_there.html",
        "decisions-du-jour": "day/live/_decisions.html",
        "ensuite": "day/live/_next.html",
    },
    Audience.SCREEN: {
        "salle-haut": "day/screen/_top.html",
        "salle-point": "day/screen/_point.html",
        "salle-pied": "day/screen/_foot.html",
    },
}


def context(view: LiveView) -> dict[str, Any]:
    """What every live template is given; a page adds what is its reader's own."""
    return {
        "view": view,
        "path_for": path_for,
        "kinds": list(DecisionKind),
        "arrival_of": arrival_of,
    }


def fragments_of(view: LiveView, audience: Audience) -> dict[str, str]:
    """Each fragment of an audience by its root id, as the page itself shows it."""
    values = context(view)
    return {name: render_fragment(path, **values) for name, path in FRAGMENTS[audience].items()}


def fragment(view: LiveView, audience: Audience, name: str, **typed: Any) -> str:
    """One fragment with what its reader typed and the refusal beside it."""
    return render_fragment(FRAGMENTS[audience][name], **{**context(view), **typed})


def partials(view: LiveView, fragments: Mapping[str, str]) -> str:
    """The answer to an act: the fragments of the page, each with its target."""
    moment = render_fragment("day/_moment.html", **context(view))
    parts = {"instant": moment, **fragments}
    cleared = partial("reponse", "", "innerHTML")
    return cleared + "".join(partial(name, html) for name, html in parts.items())


def partial(name: str, html: str, swap: str = "outerMorph") -> str:
    """A piece of an answer that goes to the element of that id."""
    return f'<hx-partial hx-target="#{name}" hx-swap="{swap}">{html}</hx-partial>'
