"""Which texts of a dossier stand in which paper, export and page: what is written here, no more and no less.

That nobody reads more than the table of fields allows is held against every row by `test_matrix.py`; here
each document is full of what it is there for.
"""

import pytest

from tests.checks import words_in
from tests.security.fields import FIELDS, RELAY, SHARED, word_of
from tests.security.matrix import all_rows

STEPS = {"parcours.action", "parcours.structure_name", "parcours.result"}
TRIED = {"attempt.what", "attempt.with_whom", "attempt.result"}
ORIGIN = {"dossier.origin_who", "dossier.origin_how", "dossier.origin_why"}
SHEET = {*STEPS, *ORIGIN, *RELAY, "dossier.step"}
#: Endpoint and note of a row, who asks, and the texts that stand there.
DOCUMENTS = [
    ("dossiers.presentation", "", "coordinator", SHARED),
    ("agenda.presentation", "", "participant", SHARED),
    ("agenda.pack", "", "coordinator", {*STEPS, *TRIED, "criterion.fact"}),
    ("dossiers.fiche_relais.show", "sent", "referent_other", SHEET),
    ("dossiers.fiche_relais.pdf", "", "referent_other", SHEET),
    ("dossiers.fiche_relais.pdf", "", "referent", SHEET),
    ("dossiers.fiche_relais.pdf", "", "coordinator", SHEET),
    ("dossiers.rights.export", "", "referent", set(FIELDS) - {"correction.answer"}),
    ("dossiers.rights.export", "pdf", "coordinator", set(FIELDS) - {"correction.answer"}),
    ("dossiers.versions.show", "", "coordinator", {*SHARED, "dossier.previous_referent"}),
    *(
        (endpoint, note, actor, set())
        for endpoint, note, actor in (
            ("agenda.pdf", "", "participant"),
            ("minutes.pdf", "", "participant"),
            ("minutes.docx", "", "participant"),
            ("telling.pdf", "", "coordinator"),
            ("followup.export", "", "coordinator"),
            ("followup.export", "xlsx", "coordinator"),
            ("indicators.export", "", "coordinator"),
            ("indicators.export", "xlsx", "coordinator"),
            ("inclusion.export", "", "coordinator"),
        )
    ),
]


@pytest.mark.parametrize(("endpoint", "note", "actor", "texts"), DOCUMENTS, ids=lambda one: str(one)[:40])
def test_a_document_holds_the_texts_it_is_for(attempts, endpoint, note, actor, texts):
    row = next(one for one in all_rows() if (one.endpoint, one.note) == (endpoint, note))
    assert attempts.world["correction"]
    assert attempts.world["sent_fiche"]
    if row.state:
        row.state(attempts.world)
    answer = attempts.ask(row, actor)
    assert answer.status_code == 200
    shown = words_in(answer.get_data(), answer.mimetype)
    assert {field for field in FIELDS if word_of(field) in shown} == set(texts)
