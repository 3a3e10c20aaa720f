"""Where the keys are kept, and which settings of them forbid a start."""

import stat

import pytest

from commission_app.core.config import Config
from commission_app.core.vault.keyring import Keyring, draw_master_key
from commission_app.core.vault.store import KeyStore

BESIDE = "une copie des données emporterait les clés"


def told(**settings):
    return " ".join(Config.from_env({"PRODUCTION": "1", **settings}).problems())


def test_keys_are_kept_beside_the_data_and_never_in_it(tmp_path):
    data = f"sqlite:///{tmp_path}/commission.db"
    config = Config(database_url=data, data_dir=tmp_path)
    assert config.keys_url == f"sqlite:///{tmp_path}/keys.db"
    assert Config(database_url="postgresql://base/x").keys_url == "postgresql://base/x"
    assert BESIDE in told(DATABASE_URL=data, KEYS_DATABASE_URL=data)
    assert BESIDE not in told(DATABASE_URL=data, DATA_DIR=str(tmp_path))


@pytest.mark.parametrize("keys", ["", "k1:trop-court", "k1:" + "A" * 43 + "="])
def test_production_starts_with_no_missing_nor_weak_master_key(keys):
    assert "MASTER_KEYS" in told(MASTER_KEYS=keys)
    assert "MASTER_KEYS" not in told(MASTER_KEYS=draw_master_key())


def test_a_file_of_master_keys_that_others_read_is_refused(tmp_path):
    path = tmp_path / "master.keys"
    path.touch(0o644)
    path.write_text(draw_master_key())
    assert "lisible par d’autres" in told(MASTER_KEYS_FILE=str(path))
    path.chmod(0o600)
    assert "MASTER_KEYS_FILE" not in told(MASTER_KEYS_FILE=str(path))
    assert "illisible" in told(MASTER_KEYS_FILE=str(tmp_path / "absent"))


def test_the_file_of_the_dossiers_keys_is_its_owner_s_alone(tmp_path):
    store = KeyStore(f"sqlite:///{tmp_path}/keys.db", Keyring(draw_master_key()))
    store.prepare()
    store.close()
    assert stat.S_IMODE((tmp_path / "keys.db").stat().st_mode) == 0o600
