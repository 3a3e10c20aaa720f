"""Which row of the table notices each mutant, as the last search found it: one line a mutant."""

from pathlib import Path

RECORD = Path(__file__).parent / "noticed.txt"
BETWEEN = "  ←  "


def read_record() -> dict[str, str]:
    """The trial that notices each mutant, by their names."""
    lines = RECORD.read_text(encoding="utf-8").splitlines() if RECORD.exists() else []
    return dict(line.split(BETWEEN, 1) for line in lines)  # type: ignore[arg-type]


def write_record(found: dict[str, str], *, all_of_them: bool) -> None:
    """Keep what a search found; a search of a few mutants leaves the others as they stand."""
    kept = found if all_of_them else read_record() | found
    lines = [f"{mutant}{BETWEEN}{trial}\n" for mutant, trial in sorted(kept.items())]
    RECORD.write_text("".join(lines), encoding="utf-8")
