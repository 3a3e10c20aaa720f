"""The forms that a page offers at a moment, filled in as somebody in a hurry does."""

import random
from dataclasses import dataclass
from datetime import timedelta

from bs4 import BeautifulSoup, Tag

from commission_app.core import clock

WORDS = ("logement", "relais", "garde", "dès", "navette", "nuit", "élan", "œuvre", "permis", "dette", "repos")


@dataclass(frozen=True)
class Filled:
    """A form as it is sent."""

    path: str
    data: dict[str, str]


def fill_any(html: str, who: str, dice: random.Random) -> Filled | None:
    """One of the forms that this reader sees, filled in; None when there is none."""
    shown = [form for form in BeautifulSoup(html, "html.parser").find_all("form") if _is_for(form, who)]
    return _fill(dice.choice(shown), dice) if shown else None


def words(dice: random.Random) -> str:
    """A few words that nobody else writes."""
    return f"{' '.join(dice.choices(WORDS, k=4))} n° {dice.getrandbits(40)}"


def _is_for(form: Tag, who: str) -> bool:
    owner, others = form.get("data-own"), form.get("data-other")
    return form.get("method") == "post" and (owner is None or owner == who) and others != who


def _fill(form: Tag, dice: random.Random) -> Filled:
    data = {
        str(field["name"]): _value(field, dice)
        for field in form.find_all(["input", "textarea", "select"])
        if field.get("name")
    }
    data.pop("csrf_token", None)
    if "due_on" in data:
        data |= _task(data["structure_id"], dice)
    buttons = [button for button in form.find_all("button") if button.get("name")]
    if buttons:
        pressed = dice.choice(buttons)
        data[str(pressed["name"])] = str(pressed["value"])
    return Filled(str(form["action"]), data)


def _value(field: Tag, dice: random.Random) -> str:
    kind, name = str(field.get("type", "")), str(field["name"])
    if kind == "hidden":
        return str(field["value"])
    if field.name == "textarea" and "notes-texte" in str(field["id"]):
        return f"{field.text}[{words(dice)}]"
    if field.name == "select":
        options = [str(option.get("value", "")) for option in field.find_all("option")]
        return dice.choice(options) if options else ""
    if name == "minutes":
        return str(dice.choice((5, 10, 15, 20, 30, 45)))
    if kind == "date":
        return str(clock.today() + timedelta(days=dice.randrange(1, 90)))
    return words(dice)


def _task(structure_id: str, dice: random.Random) -> dict[str, str]:
    """Who and for when go together, but for the one who forgets."""
    if dice.random() < 0.1:
        return {"structure_id": structure_id, "due_on": ""}
    whole = str(clock.today() + timedelta(days=dice.randrange(1, 90)))
    return {"structure_id": structure_id, "due_on": whole if structure_id else ""}
