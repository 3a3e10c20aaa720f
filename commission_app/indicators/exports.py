"""The figures that are shown, as files: what is hidden on the page is hidden here."""

from commission_app.core.tables import Row, csv_of, xlsx_of
from commission_app.indicators.report import Report

HIDDEN = "< 5"
COLUMNS = ("Indicateur", "Détail", "Valeur")
Sheet = tuple[str, tuple[str, ...], list[Row]]


def figures_as_csv(report: Report) -> bytes:
    """One list: what, which part of it, how many."""
    rows = [*_figures(report), *_series(report), *_presence_lines(report), *_frein_lines(report)]
    return csv_of(COLUMNS, rows)


def figures_as_xlsx(report: Report) -> bytes:
    """A sheet for each picture of the page."""
    names = ("Frein", *report.territories)
    sheets: list[Sheet] = [
        ("Chiffres", COLUMNS, _figures(report)),
        ("Séries", COLUMNS, _series(report)),
        ("Présence", ("Structure", "Sessions", "Personnes"), _presence(report)),
        ("Freins sans offre", names, [(frein, *map(_said, cells)) for frein, cells in report.freins]),
        ("Binômes incomplets", ("Structure", "Territoire"), list(report.incomplete)),
    ]
    return xlsx_of(sheets)


def _said(value: int | str | None) -> int | str:
    return HIDDEN if value is None else value


def _figures(report: Report) -> list[Row]:
    label = report.period.label
    return [
        ("Sessions tenues", label, report.session_count),
        ("Situations soumises", label, _said(report.submitted)),
        ("Solutions avant commission", label, _said(report.solved_before)),
        ("Situations traitées", label, _said(report.treated)),
        ("Situations avec une solution", label, _said(report.solved)),
        ("Jours de la soumission à la décision", label, _or_nothing(report.days_to_decision)),
        ("Jours de la soumission à la solution", label, _or_nothing(report.days_to_solution)),
        ("Actions à faire", label, report.actions),
        ("Actions faites dans le délai", label, report.actions_in_time),
        ("Offres ouvertes", label, report.offers_opened),
    ]


def _or_nothing(days: int | None) -> int | str:
    return "moins de cinq situations" if days is None else days


def _series(report: Report) -> list[Row]:
    named = (
        ("Situations traitées par trimestre", report.by_quarter),
        ("Situations traitées par issue", report.by_outcome),
        ("Prescriptions par mois", report.prescriptions),
    )
    return [(name, label, _said(value)) for name, series in named for label, value in series]


def _presence(report: Report) -> list[Row]:
    return [(one.name, one.sessions, one.people) for one in report.presence]


def _presence_lines(report: Report) -> list[Row]:
    return [("Présence (sessions)", one.name, one.sessions) for one in report.presence]


def _frein_lines(report: Report) -> list[Row]:
    return [
        (f"Frein sans offre : {frein}", name, _said(value))
        for frein, cells in report.freins
        for name, value in zip(report.territories, cells, strict=True)
    ]
