"""A social-security number is recognised however it is written, and nothing else is."""

import pytest

from commission_app.core.errors import InvalidInputError
from commission_app.core.nir import has_nir, refuse_nir


def keyed(number: str) -> str:
    return f"{number}{97 - int(number) % 97:02d}"


WHOLE = keyed("2850578006084")


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        "2850578006084",
        f"son numéro 2 85 05 78 006 084 {WHOLE[13:]}",
        "n° 2 99 99 99 999 999 99",
        f"({'.'.join(WHOLE)})",
        f"2\u00a085\u00a005\u00a078\u00a0006\u00a0084 {WHOLE[13:]}",
        f"313874cd-dfbc-423d-b246-548991270564 {WHOLE}",
        "1 85 05 2A 006 084 " + f"{97 - int('1850519006084') % 97:02d}",
    ],
)
def test_a_number_is_seen(text):
    assert has_nir(text)


@pytest.mark.parametrize(
    "text",
    [
        "06 39 98 12 34 et 04 90 11 22 33",
        "SIRET 123 456 789 01234",
        WHOLE[:13] + ("00" if WHOLE[13:] != "00" else "01"),
        "arrivée le 12/05/2024, dossier 2026-014, 14 mois",
        "FR76 3000 6000 0112 3456 7890 189",
        "313874cd-dfbc-423d-b246-548991270564",
        "1d6e6958-7dec-45c0-a382-1107162054fc",
        "",
    ],
)
def test_other_numbers_pass(text):
    assert not has_nir(text)


def test_the_refusal_names_the_field_and_not_the_number():
    with pytest.raises(InvalidInputError) as refused:
        refuse_nir([("question", "rien"), ("step", WHOLE)])
    assert refused.value.field == "step"
    assert WHOLE not in refused.value.message
