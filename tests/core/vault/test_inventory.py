"""Every column that could hold a word about a person is either sealed or named here with its reason."""

from sqlalchemy import JSON, Enum, String

from commission_app.core.db import db
from commission_app.core.vault.columns import SealedBytes

#: Tables of the dossiers: what stays readable, and why.
CLEAR = {
    "dossier.code": "the pseudonym itself",
    "dossier.insee": "the commune, by its code; forgotten with the dossier",
    "dossier.part_versions": "counts",
    "dossier.needed": "codes of competences",
    "person.name_mark": "a blind mark",
    "person.phone_mark": "a blind mark",
    "information_given.text_version": "which text was read to the person",
    "information_given.text_digest": "which text was read to the person",
    "sharing_agreement.text_version": "which text was read to the person",
    "sharing_agreement.text_digest": "which text was read to the person",
    "sharing_agreement.scope": "identifiers of structures",
    "writing_hands.pages": "identifiers of open pages",
    "writing_presence.page": "identifiers of open pages",
    "decision_draft.theme": "a category of the remontées",
    "clash.page": "identifiers of open pages",
    "clash.field": "the name of a field",
    "clash.label": "the label of a field",
    "person_link.token_hash": "a hash",
    "person_link.secret_hash": "a hash",
}
#: Tables of others whose rows name a dossier and stay when it is erased: what stays readable, and why.
OF_OTHERS = {
    "action.title": "work given to a structure, searched by word",
    "action.search": "work given to a structure, searched by word",
    "agenda_item.title": "the name of a topic; a situation has none but its code",
    "decision.text": "the commission's act, in a register that verifies without any key",
    "decision.present": "identifiers of structures",
    "decision.reservations": "the commission's act, in a register that verifies without any key",
    "decision.previous_digest": "a hash",
    "decision.digest": "a hash",
    "remontee.theme": "a category of the remontées",
    "urgent_request.dossier_code": "the pseudonym itself",
}
#: The same, with nothing readable in them.
CLOSED = {"parked_idea", "plain_words", "written_opinion"}


def tables_of_dossiers():
    """The tables whose rows name a dossier, each with whether they live and die with it."""
    yield db.metadata.tables["dossier"], True
    for table in db.metadata.sorted_tables:
        owners = [one for one in table.foreign_keys if one.column.table.name == "dossier"]
        if owners:
            yield table, any(one.ondelete == "CASCADE" for one in owners)


def test_it_is_known_which_rows_stay_when_a_dossier_is_erased(app):
    stay = {table.name for table, goes in tables_of_dossiers() if not goes}
    assert stay == {name.split(".")[0] for name in OF_OTHERS} | CLOSED


def is_readable(column):
    """Whether the database can read words in a column."""
    words = isinstance(column.type, String | JSON) and not isinstance(column.type, Enum)
    return words and not isinstance(column.type, SealedBytes)


def test_each_text_of_a_dossier_is_sealed_or_has_a_reason_to_be_read(app):
    readable = {
        f"{table.name}.{column.name}"
        for table, _goes in tables_of_dossiers()
        for column in table.columns
        if is_readable(column)
    }
    assert readable == set(CLEAR) | set(OF_OTHERS)
