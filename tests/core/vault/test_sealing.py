"""A sealed text opens in one place with one key, and nowhere else."""

import uuid

import pytest

from commission_app.core.vault.keyring import (
    Keyring,
    VaultError,
    draw_key_file,
    draw_master_key,
    read_master_keys,
)
from commission_app.core.vault.sealing import place_of, seal, unseal

KEY = bytes(range(32))
ROW, DOSSIER = uuid.UUID(int=1), uuid.UUID(int=2)
HERE = place_of("attempt", "what", ROW, DOSSIER)
#: Sealed once by the bare cipher (AES-256 in GCM, nonce 00…0b, this key, this place): it must open for ever.
KNOWN = bytes.fromhex(
    "01000102030405060708090a0b126cb33ba180af7ae325f2abd58c5801ecb1e25995152b94690388845fcb2a70381c8a89e86d53"
)


def test_a_text_comes_back_and_two_sealings_differ():
    first, second = (seal(KEY, "Trois demandes sans réponse", HERE) for _ in range(2))
    assert first != second
    assert unseal(KEY, first, HERE) == unseal(KEY, second, HERE) == "Trois demandes sans réponse"
    assert b"demandes" not in first


def test_what_was_sealed_long_ago_still_opens():
    assert unseal(KEY, KNOWN, HERE) == "Une demande de logement"


def test_no_text_is_kept_as_nothing():
    assert seal(KEY, "", HERE) == b""
    assert unseal(KEY, b"", HERE) == ""


@pytest.mark.parametrize(
    "elsewhere",
    [
        place_of("remark", "what", ROW, DOSSIER),
        place_of("attempt", "result", ROW, DOSSIER),
        place_of("attempt", "what", uuid.uuid4(), DOSSIER),
        place_of("attempt", "what", ROW, uuid.uuid4()),
    ],
    ids=["table", "column", "row", "dossier"],
)
def test_it_opens_in_no_other_place(elsewhere):
    with pytest.raises(VaultError):
        unseal(KEY, seal(KEY, "un fait", HERE), elsewhere)


def test_each_changed_byte_is_noticed():
    sealed = seal(KEY, "un fait", HERE)
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(VaultError):
            unseal(KEY, bytes(changed), HERE)


def test_another_key_opens_nothing():
    with pytest.raises(VaultError):
        unseal(KEY[::-1], seal(KEY, "un fait", HERE), HERE)


def test_a_wrapped_key_opens_for_its_dossier_alone():
    ring = Keyring(draw_master_key("one"))
    name, wrapped = ring.wrap(DOSSIER.bytes, KEY)
    assert (name, ring.unwrap(DOSSIER.bytes, name, wrapped)) == ("one", KEY)
    with pytest.raises(VaultError):
        ring.unwrap(ROW.bytes, name, wrapped)
    with pytest.raises(VaultError, match="one"):
        Keyring(draw_master_key("two")).unwrap(DOSSIER.bytes, name, wrapped)


def test_the_first_key_wraps_and_older_ones_still_open():
    old, new = draw_master_key("old"), draw_master_key("new")
    name, wrapped = Keyring(old).wrap(DOSSIER.bytes, KEY)
    both = Keyring(f"{new}\n{old}\n")
    assert both.current == "new"
    assert both.unwrap(DOSSIER.bytes, name, wrapped) == KEY


def test_a_file_of_keys_is_read_again_when_it_changes(tmp_path):
    path = tmp_path / "master.keys"
    draw_key_file(path)
    first = path.read_text()
    draw_key_file(path)
    assert path.read_text() == first
    ring = Keyring(path=path)
    name, wrapped = ring.wrap(DOSSIER.bytes, KEY)
    path.write_text(draw_master_key("new") + "\n" + first)
    assert ring.current == "new"
    assert ring.unwrap(DOSSIER.bytes, name, wrapped) == KEY


@pytest.mark.parametrize(
    "text",
    ["", "k1", "k1:trop-court", "k1:" + "A" * 43 + "=", "k 1:" + draw_master_key("x")[2:],
     "a:" + draw_master_key("x")[2:] + ",a:" + draw_master_key("x")[2:]],
    ids=["none", "no key", "short", "default", "name", "twice"],
)  # fmt: skip
def test_a_bad_setting_is_refused(text):
    with pytest.raises(ValueError, match="MASTER_KEYS"):
        read_master_keys(text)
