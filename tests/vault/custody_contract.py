"""What every place that keeps device keys must do, whichever it is."""

import uuid
from collections.abc import Iterator

import pytest

from rapportdesk.errors import CustodyFault, KeyMissing, KeyWrong
from rapportdesk.vault.custody import Custody
from rapportdesk.vault.sealing import new_key


class CustodyContract:
    """Inherit, and give a fixture `custody`."""

    @pytest.fixture
    def key_id(self, custody: Custody) -> Iterator[str]:
        """Give an id of this test's own, and take what it kept away again."""
        key_id = f"test-{uuid.uuid4()}"
        yield key_id
        try:
            custody.delete(key_id)
        except KeyMissing:
            return  # the test kept nothing, or deleted it itself

    def test_a_kept_key_is_read(self, custody: Custody, key_id: str) -> None:
        key = new_key()
        custody.write(key_id, key)
        assert custody.read(key_id) == key

    def test_a_read_can_be_started_now_and_waited_for_later(self, custody: Custody, key_id: str) -> None:
        key = new_key()
        custody.write(key_id, key)
        pending = custody.start_read(key_id)
        assert pending.result() == key
        assert pending.result() == key

    def test_a_started_read_of_nothing_says_so_when_waited_for(self, custody: Custody, key_id: str) -> None:
        pending = custody.start_read(key_id)
        with pytest.raises(KeyMissing):
            pending.result()

    def test_a_missing_entry_is_missing(self, custody: Custody, key_id: str) -> None:
        with pytest.raises(KeyMissing):
            custody.read(key_id)
        with pytest.raises(KeyMissing):
            custody.delete(key_id)
        with pytest.raises(KeyMissing):
            custody.prove(key_id, new_key())

    def test_an_entry_is_never_overwritten(self, custody: Custody, key_id: str) -> None:
        key = new_key()
        custody.write(key_id, key)
        with pytest.raises(CustodyFault):
            custody.write(key_id, new_key())
        assert custody.read(key_id) == key

    def test_a_deleted_entry_is_gone_and_its_neighbour_stays(self, custody: Custody, key_id: str) -> None:
        neighbour, key = f"{key_id}-2", new_key()
        custody.write(key_id, new_key())
        custody.write(neighbour, key)
        custody.delete(key_id)
        with pytest.raises(KeyMissing):
            custody.read(key_id)
        assert custody.read(neighbour) == key
        custody.delete(neighbour)

    def test_a_kept_key_is_proved_and_another_one_is_not(self, custody: Custody, key_id: str) -> None:
        key = new_key()
        custody.write(key_id, key)
        custody.prove(key_id, key)
        with pytest.raises(KeyWrong):
            custody.prove(key_id, new_key())

    def test_how_a_file_stood_is_noted_over_and_over(self, custody: Custody) -> None:
        vault_id = f"test-{uuid.uuid4()}"
        with pytest.raises(KeyMissing):
            custody.read_anchor(vault_id)
        custody.keep_anchor(vault_id, "1 4 abc")
        custody.keep_anchor(vault_id, "1 5 abd")
        assert custody.read_anchor(vault_id) == "1 5 abd"
