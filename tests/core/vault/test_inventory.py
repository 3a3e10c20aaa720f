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
    "clash.page": "identifiers of open pages",
    "clash.field": "the name of a field",
    "clash.label": "the label of a field",
    "person_link.token_hash": "a hash",
    "person_link.secret_hash": "a hash",
}
#: Rows of others that name a dossier: pseudonymous by rule, emptied at the erasure or kept in the register.
ABOUT_A_DOSSIER = {"action", "agenda_item", "decision", "offer_dossier", "urgent_request"}


def tables_of_dossiers():
    """The tables whose rows live and die with a dossier, and the dossier's own."""
    for table in db.metadata.sorted_tables:
        owners = [one for one in table.foreign_keys if one.column.table.name == "dossier"]
        if table.name == "dossier" or any(one.ondelete == "CASCADE" for one in owners):
            yield table
        elif owners:
            assert table.name in ABOUT_A_DOSSIER, f"{table.name}: does it go with the dossier, or stay?"


def is_readable(column):
    """Whether the database can read words in a column."""
    words = isinstance(column.type, String | JSON) and not isinstance(column.type, Enum)
    return words and not isinstance(column.type, SealedBytes)


def test_each_text_of_a_dossier_is_sealed_or_has_a_reason_to_be_read(app):
    readable = {
        f"{table.name}.{column.name}"
        for table in tables_of_dossiers()
        for column in table.columns
        if is_readable(column)
    }
    assert readable == set(CLEAR)
