"""Whether this process can serve."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from commission_app.core.db import db
from commission_app.core.web import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def show() -> ResponseReturnValue:
    """200 with `{"status": "ok"}` when the database answers; the error page otherwise."""
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok")
