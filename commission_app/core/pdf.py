"""PDF documents: accessible (PDF/UA-1), in French, made from a Typst template and plain data."""

import json
from functools import cache
from typing import Any

import typst
from flask import current_app

from commission_app.core import clock
from commission_app.core.config import ROOT

TEMPLATES = ROOT / "templates" / "pdf"


def render_pdf(template: str, data: dict[str, Any]) -> bytes:
    """The PDF that `templates/pdf/<template>.typ` makes of `data` (anything JSON can carry).

    The data travel as a JSON text that the template reads (`#import "layout.typ": *` gives `data`): nothing
    of it is ever read as markup. `data["title"]` is obligatory: an accessible document has one. The words of
    the vocabulary stand in `data.words`, the day of printing in `data.printed_on`. Dates, hours and numbers
    come as the sentences to print (see `core.french`).
    """
    words = current_app.extensions["commission_words"]
    content = {"words": vars(words), "printed_on": f"{clock.local(clock.now()):%d/%m/%Y}", **data}
    return typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={"data": json.dumps(content, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=clock.now().replace(microsecond=0),
    )


@cache
def _fonts() -> typst.Fonts:
    """The fonts inside the typst package alone: a document looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False)
