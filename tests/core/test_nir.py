"""A social-security number is recognised however it is written, and nothing else is."""

import json
import subprocess

import pytest

from commission_app.core.config import ROOT
from commission_app.core.errors import InvalidInputError
from commission_app.core.nir import has_nir, refuse_nir


def keyed(number: str) -> str:
    return f"{number}{97 - int(number) % 97:02d}"


WHOLE = keyed("2850578006084")


NUMBERS = [
    WHOLE,
    "2850578006084",
    f"son numéro 2 85 05 78 006 084 {WHOLE[13:]}",
    "n° 2 99 99 99 999 999 99",
    f"({'.'.join(WHOLE)})",
    f"2\u00a085\u00a005\u00a078\u00a0006\u00a0084 {WHOLE[13:]}",
    f"313874cd-dfbc-423d-b246-548991270564 {WHOLE}",
    f"2 - 85 - 05 - 78 - 006 - 084 - {WHOLE[13:]}",
    f"2\u201385\u201305\u201378\u2013006\u2013084\u2013{WHOLE[13:]}",
    "2\u200b850\u200b578006084",
    " ".join("2850578006084"),
    ". ".join("185052A006084"),
    WHOLE.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}),
    f"2 85 05 78\n006 084 {WHOLE[13:]}",
    f"nir:{WHOLE[:13]}clé{WHOLE[13:]}",
    "1 85 05 2A 006 084 " + f"{97 - int('1850519006084') % 97:02d}",
]


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_is_seen(text):
    assert has_nir(text)


OTHERS = [
    "06 39 98 12 34 et 04 90 11 22 33",
    "06 39 98 12 34 / 06 39 98 12 35 / 06 39 98 12 36",
    "de 1 à 13 : 1 2 3 4 5 6 7 8 9 10 11 12 13",
    "notes : 2 1 0 2 2 1 1 0 2 2 1 0 1 2 2",
    "le 12 05 2024, puis le 13 06 2024 – 14 mois",
    "SIRET 123 456 789 01234",
    WHOLE[:13] + ("00" if WHOLE[13:] != "00" else "01"),
    "arrivée le 12/05/2024, dossier 2026-014, 14 mois",
    "FR76 3000 6000 0112 3456 7890 189",
    "313874cd-dfbc-423d-b246-548991270564",
    "1d6e6958-7dec-45c0-a382-1107162054fc",
    "",
]


@pytest.mark.parametrize("text", OTHERS)
def test_other_numbers_pass(text):
    assert not has_nir(text)


def test_the_browser_sees_what_the_server_sees():
    rule = (ROOT / "static/src/js/nir.js").as_uri()
    program = f"import {{ hasNir }} from {json.dumps(rule)}; import fs from 'node:fs';" + JUDGE
    done = subprocess.run(
        ["node", "--input-type=module", "-e", program],
        input=json.dumps([*NUMBERS, *OTHERS]), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == [True] * len(NUMBERS) + [False] * len(OTHERS)


JUDGE = "console.log(JSON.stringify(JSON.parse(fs.readFileSync(0, 'utf8')).map(hasNir)))"


def test_the_refusal_names_the_field_and_not_the_number():
    with pytest.raises(InvalidInputError) as refused:
        refuse_nir([("question", "rien"), ("step", WHOLE)])
    assert refused.value.field == "step"
    assert WHOLE not in refused.value.message
