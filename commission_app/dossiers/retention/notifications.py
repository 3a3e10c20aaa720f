"""What the clock does once a day: tell, erase, and close what a backup brought back."""

from datetime import date, timedelta
from typing import Any

from flask import current_app, render_template

from commission_app.core import clock
from commission_app.core.config import Config
from commission_app.core.db import commit
from commission_app.core.events import Event, on
from commission_app.core.mail import Mail, send_later
from commission_app.core.outbox import enqueue, every_tick, job
from commission_app.core.retention import forget_what_is_due
from commission_app.core.trace import log_head
from commission_app.core.vault.store import key_store
from commission_app.core.web import absolute_url
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.retention.queries import (
    announced_next,
    come_back_from_a_backup,
    erased_next,
    keys_left_over,
)
from commission_app.dossiers.retention.services import announce_erasure, erase_again, erase_dossier

_asked: dict[str, date] = {}


def _config() -> Config:
    config: Config = current_app.extensions["commission_config"]
    return config


@every_tick
def ask_daily() -> None:
    """Put the work of the day into the outbox, once whatever the number of workers."""
    today = clock.today()
    if _asked.get(_config().database_url) != today:
        enqueue("retention", {}, key=f"retention:{today.isoformat()}")
        commit()
        _asked[_config().database_url] = today


@job("retention")
def look_after(_payload: dict[str, Any]) -> None:
    """Tell the référents, erase what was told long enough ago, close what came back, forget what ends."""
    months, days = _config().retention_months, _config().erasure_notice_days
    for dossier in announced_next(months, days):
        announce_erasure(None, dossier)
    for dossier in erased_next(months, days):
        erase_dossier(None, dossier)
    for dossier in come_back_from_a_backup():
        erase_again(None, dossier)
    key_store().destroy(keys_left_over())
    forget_what_is_due()
    log_head()


@on("erasure_announced")
def _tell_referent(_event: Event, dossier: Dossier) -> None:
    """A code and a day; the référent has until then to keep what the law lets him or her keep elsewhere."""
    day = clock.today() + timedelta(days=_config().erasure_notice_days)
    words = {
        "code": dossier.code,
        "day": day,
        "url": absolute_url("dossiers.show", dossier_id=dossier.id),
    }
    send_later(
        Mail(
            to=dossier.referent.email,
            subject=f"Dossier {dossier.code} : effacement prévu",
            text=render_template("emails/dossiers/erasure.txt", **words),
            html=render_template("emails/dossiers/erasure.html", **words),
        ),
        key=f"erasure:{dossier.id}",
    )
