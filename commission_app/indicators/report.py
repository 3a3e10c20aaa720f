"""The figures as they may be shown: pages and files know nothing else.

Every figure about persons is masked over all the territories that the reader may choose, whatever the one
that is shown: looking at them one after the other gives nothing more.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from commission_app.dossiers.states import DiagnosisItem
from commission_app.indicators import queries
from commission_app.indicators.masking import FEWEST, Shown, Table, masked, masked_alike, masked_parts, shown
from commission_app.indicators.periods import Period, chosen, quarter_name
from commission_app.indicators.queries import NOT_YET, ORIENTED, SOLUTION, Acting, Decided, Held, Totals
from commission_app.offers.prescriptions.queries import month_label
from commission_app.territories.models import Territory

OUTCOMES = (
    (SOLUTION, "Solution trouvée"),
    (ORIENTED, "Orientation ou offre mobilisée"),
    (NOT_YET, "Pas encore de solution"),
)
MONTHS = 6
ANSWERED = "offre"
Counts = list[list[int]]
Series = list[tuple[str, Shown]]


@dataclass(frozen=True)
class Presence:
    """A structure: in how many sessions it sat, and how many people it sent."""

    name: str
    sessions: int
    people: int


@dataclass(frozen=True)
class Report:
    """What the page and the files show. None stands for a figure that is not shown."""

    period: Period
    session_count: int
    submitted: Shown
    solved_before: Shown
    treated: Shown
    solved: Shown
    by_quarter: Series
    by_outcome: Series
    days_to_decision: int | None
    days_to_solution: int | None
    actions: int
    actions_in_time: int
    offers_opened: int
    prescriptions: Series
    last_session_after: int | None
    last_session_on: date | None
    presence: list[Presence]
    incomplete: list[tuple[str, str]]
    freins: list[tuple[str, list[Shown | str]]]
    territories: list[str]


def report_of(readable: Sequence[Territory], territory: Territory | None, period_key: str) -> Report:
    """The figures of one territory, or of all those readable when none is named."""
    return _Maker(readable, territory, period_key).report()


class _Maker:
    """One run over the counts; `at` is the row of the territory shown, None for all of them."""

    def __init__(self, readable: Sequence[Territory], territory: Territory | None, period_key: str) -> None:
        self.ids = [one.id for one in readable]
        self.at = self.ids.index(territory.id) if territory is not None else None
        self.scope = [territory] if territory is not None else list(readable)
        self.scope_ids = {one.id for one in self.scope}
        held = queries.held_sessions(self.ids)
        mine = [one for one in held if one.territory_id in self.scope_ids]
        self.period = chosen(period_key, sorted({one.starts_at for one in mine}))
        self.held = [one for one in held if self.period.starts_at <= one.starts_at < self.period.ends_at]
        self.mine = {one.id: one for one in self.held if one.territory_id in self.scope_ids}

    def report(self) -> Report:
        decided = queries.decided({one.id for one in self.held})
        totals = queries.totals_by_territory(self.ids, self.period)
        quarters = _quarters(self.held)
        outcomes, by_quarter = masked_alike(*self._divisions(decided, quarters))
        parts = self._row(outcomes)
        here = [totals[one] for one in self.scope_ids]
        prescribed, after, session_on = self._prescriptions()
        acting = queries.structures(self.scope_ids)
        return Report(
            period=self.period,
            session_count=len(self.mine),
            submitted=self._alone(totals, lambda one: one.submitted),
            solved_before=self._alone(totals, lambda one: one.solved_before),
            treated=self._total(outcomes),
            solved=_sum(parts[SOLUTION], parts[ORIENTED]),
            by_quarter=list(zip(quarters, self._row(by_quarter), strict=True)),
            by_outcome=[(label, parts[outcome]) for outcome, label in OUTCOMES],
            days_to_decision=self._days(decided, {SOLUTION, ORIENTED, NOT_YET}),
            days_to_solution=self._days(decided, {SOLUTION, ORIENTED}),
            actions=sum(one.actions for one in here),
            actions_in_time=sum(one.actions_in_time for one in here),
            offers_opened=sum(one.offers_opened for one in here),
            prescriptions=prescribed,
            last_session_after=after,
            last_session_on=session_on,
            presence=self._presence(acting),
            incomplete=self._incomplete(acting),
            freins=self._freins(),
            territories=[one.name for one in self.scope],
        )

    def _divisions(
        self, decided: list[Decided], quarters: list[str]
    ) -> tuple[list[list[int]], list[list[int]]]:
        """Situations treated, a row a territory: by outcome, and by quarter."""
        quarter_of = {one.id: quarter_name(one.starts_at) for one in self.held}
        by_outcome: Counter[tuple[uuid.UUID, int]] = Counter()
        by_quarter: Counter[tuple[uuid.UUID, str]] = Counter()
        for one in decided:
            by_outcome[one.territory_id, one.outcome] += one.count
            by_quarter[one.territory_id, quarter_of[one.session_id]] += one.count
        return (
            [[by_outcome[row, outcome] for outcome, _ in OUTCOMES] for row in self.ids],
            [[by_quarter[row, quarter] for quarter in quarters] for row in self.ids],
        )

    def _row(self, table: Table) -> list[Shown]:
        return table.column_totals if self.at is None else table.cells[self.at]

    def _total(self, table: Table) -> Shown:
        return table.total if self.at is None else table.row_totals[self.at]

    def _alone(self, totals: dict[uuid.UUID, Totals], figure: Callable[[Totals], int]) -> Shown:
        parts, total = masked_parts([figure(totals[one]) for one in self.ids])
        return total if self.at is None else parts[self.at]

    def _days(self, decided: list[Decided], outcomes: set[int]) -> int | None:
        """The mean wait in days; nothing when fewer than five situations make it."""
        mine = [one for one in decided if one.territory_id in self.scope_ids and one.outcome in outcomes]
        dated = sum(one.dated for one in mine)
        return round(int(sum(one.seconds for one in mine)) / dated / 86400) if dated >= FEWEST else None

    def _prescriptions(self) -> tuple[Series, int | None, date | None]:
        months = _months(self.period.last)
        counts = queries.prescriptions(self.ids, months)
        table = masked([[counts.get((row, month), 0) for month in months] for row in self.ids])
        days = [one.starts_at.date() for one in self.mine.values() if one.starts_at.date() >= months[0]]
        last = max(days, default=None)
        after = months.index(last.replace(day=1)) if last is not None else None
        return (
            [(month_label(month), count) for month, count in zip(months, self._row(table), strict=True)],
            after,
            last,
        )

    def _presence(self, acting: list[Acting]) -> list[Presence]:
        came = queries.presence(self.mine.keys())
        names = {one.id: one.name for one in acting}
        found = [Presence(name, *came.get(one, (0, 0))) for one, name in names.items()]
        return sorted(found, key=lambda one: (-one.sessions, one.name))

    def _incomplete(self, acting: list[Acting]) -> list[tuple[str, str]]:
        names = {one.id: one.name for one in self.scope}
        return [(one.name, names[one.territory_id]) for one in acting if not one.has_binome]

    def _freins(self) -> list[tuple[str, list[Shown | str]]]:
        """Freins that stand in the situations of a territory and that no open offer answers there."""
        counts = queries.freins(self.scope_ids, self.period)
        answered = queries.answered_freins(self.scope_ids)
        rows: list[tuple[str, list[Shown | str]]] = []
        for item in DiagnosisItem:
            open_here = [
                (counts.get((item, one.id), 0), (item.value, one.id) in answered) for one in self.scope
            ]
            if any(count and not has_offer for count, has_offer in open_here):
                rows.append((item.label, [ANSWERED if has else shown(count) for count, has in open_here]))
        return rows


def _quarters(held: list[Held]) -> list[str]:
    ordered = sorted({one.starts_at for one in held})
    return list(dict.fromkeys(quarter_name(moment) for moment in ordered)) or [" "]


def _months(last: date) -> list[date]:
    number = last.year * 12 + last.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(number - MONTHS + 1, number + 1)]


def _sum(*parts: Shown) -> Shown:
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None
