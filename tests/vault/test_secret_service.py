"""The password store's bad states, each made with a real one, are told apart; and each passes when it is well again."""

import signal
import threading
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
import secretstorage

from rapportdesk.errors import CustodyFault, KeyMissing, KeyringLocked, KeyringTimeout, KeyWrong, NoKeyring
from rapportdesk.vault.custody import KeyringCustody
from rapportdesk.vault.keyring_process import read_at_once
from rapportdesk.vault.sealing import new_key
from rapportdesk.vault.slots import open_slot, read_badge
from tests.vault.clinic import SECRET, Clinic
from tests.vault.secret_service import Person, SecretService

pytestmark = pytest.mark.linux

CLINIC = Clinic()
ID = "3f8a"


@pytest.fixture
def custody() -> KeyringCustody:
    return KeyringCustody(timeout_s=60)


@pytest.fixture
def kept(secret_service: SecretService, custody: KeyringCustody) -> SecretService:
    """Give a store that holds the clinic's device key."""
    custody.write(ID, CLINIC.device_key)
    return secret_service


def test_a_key_that_is_kept_opens_the_vault(kept: SecretService, custody: KeyringCustody) -> None:
    """The control for every bad state below."""
    slot = CLINIC.slot()
    assert open_slot(custody.read(ID), slot, SECRET, CLINIC.vault_id)


def test_no_store_on_the_bus(bus: SecretService, custody: KeyringCustody) -> None:
    with pytest.raises(NoKeyring):
        custody.read(ID)
    with pytest.raises(NoKeyring):
        custody.write(ID, new_key())
    with pytest.raises(NoKeyring):
        custody.store_name()
    bus.start()
    custody.write(ID, CLINIC.device_key)
    assert custody.read(ID) == CLINIC.device_key


def test_no_bus_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, custody: KeyringCustody) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nothing")
    with pytest.raises(NoKeyring):
        custody.read(ID)


def test_a_store_that_goes_away_is_no_store(kept: SecretService, custody: KeyringCustody) -> None:
    kept.stop()
    with pytest.raises(NoKeyring):
        custody.read(ID)


def test_a_locked_store_that_cannot_ask(kept: SecretService, custody: KeyringCustody) -> None:
    kept.lock()
    with pytest.raises(KeyringLocked):
        custody.read(ID)
    with pytest.raises(KeyringLocked):
        custody.write("other", new_key())
    kept.unlock()
    assert custody.read(ID) == CLINIC.device_key


def test_a_locked_store_whose_question_is_dismissed(kept: SecretService, custody: KeyringCustody) -> None:
    kept.lock()
    with Person(kept, lambda: None) as person, pytest.raises(KeyringLocked):
        custody.read(ID)
    assert person.times_asked == 1


def test_the_time_a_person_takes_to_unlock_is_not_counted(kept: SecretService) -> None:
    kept.lock()
    took_long = threading.Event()

    def think_and_unlock() -> None:
        took_long.wait(4)  # longer than the store itself is given; nobody sets it
        kept.unlock()

    with Person(kept, think_and_unlock) as person:
        assert KeyringCustody(timeout_s=3).read(ID) == CLINIC.device_key
    assert person.times_asked == 1


def test_a_person_who_never_answers_is_not_waited_for_for_ever(kept: SecretService) -> None:
    kept.lock()
    gone = threading.Event()
    with Person(kept, lambda: (gone.wait(60), None)[1]):
        with pytest.raises(KeyringTimeout):
            KeyringCustody(timeout_s=60, person_timeout_s=0.2).read(ID)
        gone.set()


def test_a_store_that_has_no_entry(secret_service: SecretService, custody: KeyringCustody) -> None:
    with pytest.raises(KeyMissing):
        custody.read(ID)
    custody.write("another vault's", CLINIC.device_key)
    with pytest.raises(KeyMissing):
        custody.read(ID)


def test_a_store_whose_file_is_damaged_starts_afresh_and_has_no_entry(
    kept: SecretService, custody: KeyringCustody
) -> None:
    kept.stop()
    whole = kept.file.read_bytes()
    kept.file.write_bytes(b"damaged" + whole[7:])
    kept.start()
    with pytest.raises(KeyMissing):
        custody.read(ID)
    kept.stop()
    kept.file.write_bytes(whole)
    kept.start()
    assert custody.read(ID) == CLINIC.device_key


def test_another_vaults_key_is_told_by_the_slot(secret_service: SecretService, custody: KeyringCustody) -> None:
    slot = CLINIC.slot()
    custody.write(ID, new_key())
    with pytest.raises(KeyWrong):
        read_badge(custody.read(ID), slot, CLINIC.vault_id)
    with pytest.raises(KeyWrong):
        open_slot(custody.read(ID), slot, SECRET, CLINIC.vault_id)


@pytest.mark.parametrize(
    "entry", [b"", b"not base64!", b64encode(bytes(31)), b64encode(bytes(33)), b"\xc3\xa9", b"\xff"]
)
def test_an_entry_that_is_no_key(kept: SecretService, custody: KeyringCustody, entry: bytes) -> None:
    with kept.connected() as connection:
        collection = secretstorage.Collection(connection)
        (item,) = collection.search_items({"service": f"RapportDesk/{ID}"})
        item.set_secret(entry)
    with pytest.raises(KeyWrong):
        custody.read(ID)
    with pytest.raises(CustodyFault):
        custody.write(ID, CLINIC.device_key)  # not a key, and still not to be overwritten


def test_a_stopped_store_is_not_waited_for(kept: SecretService, custody: KeyringCustody) -> None:
    kept.signal(signal.SIGSTOP)
    with pytest.raises(KeyringTimeout):
        KeyringCustody(timeout_s=1).read(ID)
    kept.signal(signal.SIGCONT)
    assert custody.read(ID) == CLINIC.device_key


def test_a_read_that_is_cancelled_says_that_there_was_no_answer(kept: SecretService, custody: KeyringCustody) -> None:
    kept.signal(signal.SIGSTOP)
    pending = custody.start_read(ID)
    pending.cancel()
    with pytest.raises(KeyringTimeout):
        pending.result()


@pytest.mark.parametrize("backend", ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring"])
def test_a_backend_that_keeps_nothing_is_refused(
    kept: SecretService, custody: KeyringCustody, monkeypatch: pytest.MonkeyPatch, backend: str
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", backend)
    with pytest.raises(NoKeyring):
        custody.read(ID)
    with pytest.raises(NoKeyring):
        custody.write("other", new_key())


PLAINTEXT = """
from keyring.backend import KeyringBackend
from keyring.backends.SecretService import Keyring as SecretService
from pathlib import Path

class PlaintextKeyring(KeyringBackend):
    priority = 0.5
    def get_password(self, service, username):
        return None
    def set_password(self, service, username, password):
        (Path(__file__).parent / "kept").write_text(password)

class Derived(SecretService):
    def set_password(self, service, username, password):
        (Path(__file__).parent / "kept").write_text(password)
"""


@pytest.mark.parametrize("name", ["PlaintextKeyring", "Derived"])
def test_a_backend_that_protects_nothing_or_is_unknown_is_refused_in_words(
    kept: SecretService, custody: KeyringCustody, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    (tmp_path / "homemade.py").write_text(PLAINTEXT)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"homemade.{name}")
    with pytest.raises(NoKeyring, match="does not protect"):
        custody.write("other", new_key())
    assert not (tmp_path / "kept").exists()


def test_out_of_a_chainer_the_first_real_one_is_used(
    kept: SecretService, custody: KeyringCustody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.chainer.ChainerBackend")
    assert custody.store_name() == "Secret Service"
    assert custody.read(ID) == CLINIC.device_key


def test_a_backend_that_cannot_be_loaded_is_no_store(
    kept: SecretService, custody: KeyringCustody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "nowhere.to.be.Found")
    with pytest.raises(NoKeyring):
        custody.read(ID)


def test_the_quick_way_gives_the_same_key_and_stands_back_when_a_store_was_configured(
    kept: SecretService, custody: KeyringCustody, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    request = {"action": "read", "service": f"RapportDesk/{ID}", "user": "device key"}
    found = read_at_once(request)
    assert found is not None
    assert b64decode(found) == CLINIC.device_key == custody.read(ID)
    assert read_at_once({**request, "service": "RapportDesk/other"}) is None
    configuration = tmp_path / "python_keyring" / "keyringrc.cfg"
    configuration.parent.mkdir()
    configuration.write_text("[backend]\ndefault-keyring=keyring.backends.null.Keyring\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert read_at_once(request) is None
    with pytest.raises(NoKeyring):
        custody.read(ID)
