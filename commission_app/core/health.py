"""Whether this process can serve, for those who watch it."""

import structlog
from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from commission_app.core.db import db
from commission_app.core.web import public

bp = Blueprint("health", __name__)
log = structlog.get_logger()


@bp.get("/healthz")
@public
def show() -> ResponseReturnValue:
    """200 with `{"status": "ok"}` when the database answers, 503 with `{"status": "database"}` otherwise;
    nothing more is told to who asks."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        log.error("unhealthy", exc_info=error)
        return jsonify(status="database"), 503
    return jsonify(status="ok")
