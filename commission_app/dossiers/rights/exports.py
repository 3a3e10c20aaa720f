"""What is kept about a person, on paper and as data."""

import json
from typing import Any

from commission_app.core.pdf import render_pdf


def access_pdf(content: dict[str, Any]) -> bytes:
    """The copy on paper."""
    return render_pdf("access", content)


def access_json(content: dict[str, Any]) -> bytes:
    """The copy as data that another software reads."""
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
