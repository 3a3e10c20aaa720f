"""The page of the figures and its files."""

from uuid import UUID

from flask import Blueprint, Response, render_template, request

from commission_app.accounts.queries import territories_for
from commission_app.accounts.web import me
from commission_app.core.db import commit
from commission_app.core.errors import NotFoundError
from commission_app.core.tables import FORMATS, download, row_count
from commission_app.indicators.exports import figures_as_csv, figures_as_xlsx
from commission_app.indicators.periods import choices
from commission_app.indicators.policies import READERS
from commission_app.indicators.report import Report, report_of
from commission_app.indicators.services import note_export
from commission_app.territories.models import Territory

bp = Blueprint("indicators", __name__, url_prefix="/indicateurs")
EVERYWHERE = "tous"


@bp.get("")
def show() -> str:
    """The figures of a territory, or of all those one reads."""
    territories = territories_for(me(), *READERS)
    territory = _chosen(territories)
    everywhere = [(EVERYWHERE, "Tous les territoires")] if len(territories) > 1 else []
    return render_template(
        "indicators/show.html",
        report=_report(territories, territory),
        territory=territory,
        territories=[*((str(one.id), one.name) for one in territories), *everywhere],
        chosen=str(territory.id) if territory else EVERYWHERE,
        periods=choices(),
        all_structures=request.args.get("structures") == "toutes",
        args=request.args.to_dict(),
    )


@bp.post("/export/<format>")
def export(format: str) -> Response:
    """The figures that are shown, as a file; noted."""
    if format not in FORMATS:
        raise NotFoundError()
    territories = territories_for(me(), *READERS)
    territory = _chosen(territories)
    report = _report(territories, territory)
    lines = figures_as_csv(report)
    content = lines if format == "csv" else figures_as_xlsx(report)
    note_export(me(), territory, format=format, rows=row_count(lines))
    commit()
    return download(content, "indicateurs", format)


def _report(territories: list[Territory], territory: Territory | None) -> Report:
    return report_of(territories, territory, request.args.get("periode", ""))


def _chosen(territories: list[Territory]) -> Territory | None:
    """The territory asked for, the first one when none is; None for all of them together."""
    if not territories:
        raise NotFoundError()
    if request.args.get("territoire") == EVERYWHERE and len(territories) > 1:
        return None
    wanted_id = request.args.get("territoire", type=UUID)
    found = [one for one in territories if wanted_id in (None, one.id)]
    if not found:
        raise NotFoundError()
    return found[0]
