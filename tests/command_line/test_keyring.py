"""The password store's bad states, each made with a real one, are sentences on the command line and make no vault."""

import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import secretstorage

from tests.command_line.clinic import Clinic, found
from tests.command_line.program import Program
from tests.vault.secret_service import SecretService, turn_to

NULL = "keyring.backends.null.Keyring"
FAIL = "keyring.backends.fail.Keyring"


@pytest.fixture
def own_store() -> Iterator[SecretService]:
    """A bus of the test's own, on which no password store runs yet."""
    service = SecretService()
    yield service
    service.close()


@pytest.fixture
def own(own_store: SecretService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    """A practice whose password store may be spoiled."""
    turn_to(own_store, monkeypatch)
    own_store.start()
    return found(tmp_path, Program(own_store.environment))


def refused(clinic: Clinic) -> str:
    """Return the sentence with which every command is refused; the file stays as it was, and nothing is made."""
    before, there = clinic.vault.read_bytes(), set(clinic.vault.parent.iterdir())
    sentences = {clinic.call("search", "Nia").refused(), clinic.call("verify").refused()}
    assert clinic.vault.read_bytes() == before
    made = set(clinic.vault.parent.iterdir()) - there
    assert made <= {clinic.vault.with_name(f"{clinic.vault.name}.ballast")}, "a refused command leaves nothing behind"
    assert len(sentences) == 1
    assert "sheet" in next(iter(sentences)) or "start" in next(iter(sentences))
    return sentences.pop()


def init(clinic: Clinic, vault: Path) -> str:
    """Return the sentence with which a new vault is refused; nothing of it is left."""
    with_a_sheet = ("init", "--role", "manager", "--recovery-out", vault.with_name("sheet"))
    said = replace(clinic, vault=vault).call(*with_a_sheet).refused()
    assert not vault.exists()
    assert not vault.with_name("sheet").exists()
    return said


def test_no_store_a_locked_one_and_a_missing_entry_are_three_sentences(
    own: Clinic, own_store: SecretService, tmp_path: Path
) -> None:
    new = tmp_path / "another.rapport"
    own_store.lock()
    locked = refused(own)
    assert init(own, new) == locked
    own_store.unlock()
    own.call("search", "Nia").done()
    own_store.stop()
    gone = refused(own)
    assert init(own, new) == gone
    own_store.file.unlink()
    own_store.start()
    missing = refused(own)
    assert len({locked, gone, missing}) == 3


def test_a_damaged_store_starts_afresh_and_the_vault_does_not(own: Clinic, own_store: SecretService) -> None:
    own_store.stop()
    whole = own_store.file.read_bytes()
    own_store.file.write_bytes(b"damaged" + whole[7:])
    own_store.start()
    refused(own)
    assert "already" in own.call("init", "--role", "manager").refused()
    own_store.stop()
    own_store.file.write_bytes(whole)
    own_store.start()
    assert own.counts()["patients"] == 2


def test_another_vaults_key_is_told_from_a_wrong_secret(own: Clinic, own_store: SecretService) -> None:
    with own_store.connected() as connection:
        for item in secretstorage.Collection(connection).get_all_items():
            item.set_secret(b"c29tZWJvZHkgZWxzZSdzIGtleSwgMzIgYnl0ZXMgaXM=")
    wrong_key = refused(own)
    assert "secret" not in wrong_key


def test_a_store_that_does_not_answer_is_given_up(own: Clinic, own_store: SecretService) -> None:
    own_store.signal(signal.SIGSTOP)
    from rapportdesk.desk.desk import Desk
    from rapportdesk.errors import KeyringTimeout
    from rapportdesk.vault.keyring_custody import KeyringCustody

    with pytest.raises(KeyringTimeout):  # the program itself waits fifteen seconds
        Desk.open(own.vault, KeyringCustody(timeout_s=0.5))
    own_store.signal(signal.SIGCONT)
    own.call("search", "Nia").done()


@pytest.mark.parametrize("backend", [NULL, FAIL, "nowhere.to.be.Found"])
def test_a_backend_that_protects_nothing_is_refused_in_words(clinic: Clinic, tmp_path: Path, backend: str) -> None:
    surrounded = Program({**clinic.program.environment, "PYTHON_KEYRING_BACKEND": backend})
    spoiled = replace(clinic, program=surrounded)
    assert "password store" in spoiled.run("verify").refused()
    if backend == NULL:
        init(spoiled, tmp_path / "new.rapport")
    clinic.call("verify").done()


def test_doctor_names_the_password_store_and_what_to_do(clinic: Clinic) -> None:
    surrounded = Program({**clinic.program.environment, "PYTHON_KEYRING_BACKEND": NULL})
    ran = surrounded.run("doctor", "--vault", clinic.vault)
    assert (ran.code, ran.err) == (1, "")
    bad = [line for line in ran.out.splitlines() if line.startswith("!!")]
    assert len(bad) == 1
    assert "password store" in bad[0]
