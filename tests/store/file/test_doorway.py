"""What lies before the sign-in can be read without a key and without waiting for a database toolkit."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from rapportdesk.errors import Tampered, VaultBusy
from rapportdesk.store.file.doorway import read_doorway
from rapportdesk.store.file.location import FORMAT_VERSION
from rapportdesk.vault.slots import read_badge
from tests.store.clinic import Clinic


def test_the_doorway_shows_the_vault_and_who_may_sign_in(clinic: Clinic) -> None:
    doorway = read_doorway(clinic.path)
    assert (doorway.vault_id, doorway.device_key_id) == (clinic.vault_id, "key-1")
    assert doorway.format_version == FORMAT_VERSION
    people = (clinic.manager, clinic.receptionist, clinic.clinician)
    assert {slot.staff_id: slot for slot in doorway.slots} == {each.slot.staff_id: each.slot for each in people}
    names = {read_badge(clinic.device_key, slot, clinic.vault_id).name for slot in doorway.slots}
    assert names == {"Maren", "Ana", "Dr Osei"}


def test_a_vault_that_is_open_is_busy_and_free_again_when_closed(clinic: Clinic) -> None:
    with clinic.open(), pytest.raises(VaultBusy):
        read_doorway(clinic.path)
    assert read_doorway(clinic.path).slots


def test_a_vault_open_in_another_process_is_busy(clinic: Clinic) -> None:
    program = (
        "import sys, pathlib; from rapportdesk.store.file.doorway import read_doorway;"
        "from rapportdesk.errors import VaultBusy\n"
        "try: read_doorway(pathlib.Path(sys.argv[1]))\n"
        "except VaultBusy: print('busy')\n"
        "else: print('free')"
    )

    def ask() -> str:
        command = [sys.executable, "-c", program, str(clinic.path)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    with clinic.open():
        assert ask() == "busy"
    assert ask() == "free"


def test_the_doorway_imports_no_database_toolkit() -> None:
    program = (
        "import sys, rapportdesk.store.file.doorway;"
        "print([name for name in ('sqlalchemy', 'sqlmodel', 'alembic', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_slot_with_another_kind_of_value_is_noticed(clinic: Clinic) -> None:
    with closing(sqlite3.connect(clinic.path)) as connection:
        connection.execute("UPDATE staff_slot SET salt = 'text'")
        connection.commit()
    with pytest.raises(Tampered):
        read_doorway(clinic.path)
