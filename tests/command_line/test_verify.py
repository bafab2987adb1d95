"""`verify` opens everything; whatever an outsider changes in the file is named by place, never by content."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from rapportdesk.model.identity import new_id
from rapportdesk.store.file.pragmas import PAGE_SIZE
from tests.command_line.clinic import CLINICIAN, MANAGER, RECEPTION, Clinic

NOTES = ("Keeps racing pigeons", "Sings alto in the choir", "Sings bass in the choir")

EDITS = {
    "a record's bytes changed": ("record", "UPDATE record SET sealed = zeroblob(length(sealed)) WHERE id = :one"),
    "one bit of a record": (
        "record",
        "UPDATE record SET sealed = substr(sealed, 1, 40) || x'00' || substr(sealed, 42) WHERE id = :one",
    ),
    "a record cut short": ("record", "UPDATE record SET sealed = substr(sealed, 1, 20) WHERE id = :one"),
    "a record of another kind of value": ("record", "UPDATE record SET sealed = 'text' WHERE id = :one"),
    "a record with another's content": (
        "record",
        "UPDATE record SET sealed = (SELECT sealed FROM record WHERE id = :two) WHERE id = :one",
    ),
    "two records swapped": (
        "record",
        "UPDATE record SET sealed = (SELECT other.sealed FROM record AS other WHERE other.id = "
        "iif(record.id = :one, :two, :one)) WHERE id IN (:one, :two)",
    ),
    "a record deleted": ("manifest", "DELETE FROM record WHERE id = :one"),
    "a record doubled": (
        "record",
        "INSERT INTO record SELECT :new, patient_id, revision, sealed FROM record WHERE id = :one",
    ),
    "a record given to another patient": ("record", "UPDATE record SET patient_id = :ali WHERE id = :one"),
    "a record's revision turned back": ("record", "UPDATE record SET revision = revision + 1 WHERE id = :one"),
    "a patient's identity exchanged": (
        "patient",
        "UPDATE patient SET sealed = (SELECT sealed FROM patient WHERE id = :ali) WHERE id = :nia",
    ),
    "a line of the audit deleted": ("audit_entry", "DELETE FROM audit_entry WHERE sequence = 2"),
    "the end of the audit cut off": (
        "manifest",
        "DELETE FROM audit_entry WHERE sequence > 3",
    ),
    "two lines of the audit exchanged": (
        "audit_entry",
        "UPDATE audit_entry SET sequence = CASE sequence WHEN 2 THEN -3 ELSE -2 END WHERE sequence IN (2, 3)",
    ),
    "a colleague's grant taken away": ("manifest", "DELETE FROM key_grant WHERE recipient = :ana"),
    "a sheet taken away": ("manifest", "DELETE FROM recovery_sheet"),
}


@pytest.fixture(scope="module")
def written(founded: Clinic, tmp_path_factory: pytest.TempPathFactory) -> Clinic:
    """A practice with notes, so that there is something to change; nobody changes this one."""
    clinic = founded.copied(tmp_path_factory.mktemp("written") / "vault")
    for text in NOTES:
        clinic.call("note", "add", clinic.nia, "--kind", "hobby", text).done()
    return clinic


def edit(clinic: Clinic, sql: str) -> None:
    """Change the file as somebody does who has it and no key."""
    with closing(sqlite3.connect(clinic.vault)) as file, file:
        one, two = (row[0] for row in file.execute("SELECT id FROM record WHERE patient_id = ? LIMIT 2", [clinic.nia]))
        ana = next(iter(file.execute("SELECT staff_id FROM staff_slot WHERE staff_id NOT IN (SELECT recipient FROM "
                                     "key_grant WHERE kind IN ('signing-key', 'clinicians'))")))[0]  # fmt: skip
        values = {"one": one, "two": two, "nia": clinic.nia, "ali": clinic.ali, "ana": ana, "new": new_id()}
        assert file.execute(sql, {name: values[name] for name in values if f":{name}" in sql}).rowcount > 0
        file.execute("UPDATE audit_entry SET sequence = -sequence WHERE sequence < 0")


def test_an_untouched_vault_is_clean_and_counted(written: Clinic) -> None:
    report = written.run("verify", "--json", staff=MANAGER).json()
    # three notes, two consents, a visit, and seven settings: the practice's name, whom it let in, who keeps the
    # recovery sheets, the managers' box, which clinicians' keys everything is sealed to, what signs the lists of erased
    # ids, and the day up to which lines may be taken off the record of who looked
    assert (report["patients"], report["records"], report["faults"]) == (2, 13, [])
    said = written.call("verify", staff=MANAGER).done()
    assert said.splitlines()[:2] == ["2 people", "13 records"]
    assert said.splitlines()[-1] == "Everything opens and nothing is missing."


def test_how_much_is_kept_is_told_to_a_manager_alone(written: Clinic) -> None:
    assert written.call("verify").done() == "Everything opens and nothing is missing.\n"
    counted = {"patients": None, "records": None, "audit_lines": None}
    assert written.call("verify", "--json").json() == {**counted, "faults": []}


@pytest.mark.parametrize(("where", "sql"), EDITS.values(), ids=EDITS)
def test_an_outsiders_edit_is_named_by_place(
    written: Clinic, tmp_path_factory: pytest.TempPathFactory, where: str, sql: str
) -> None:
    clinic = written.copied(tmp_path_factory.mktemp("edited") / "vault")
    edit(clinic, sql)
    ran = clinic.call("verify", "--json", staff=MANAGER)
    assert (ran.code, ran.err) == (1, "")
    faults = json.loads(ran.out)["faults"]
    assert where in {fault["where"].split()[0] for fault in faults}
    told = ran.out + clinic.call("verify", staff=MANAGER).out
    assert not any(word in told for text in NOTES for word in (text, "pigeons", "Nia", "Prydderch"))


def test_every_reader_is_told(written: Clinic, tmp_path_factory: pytest.TempPathFactory) -> None:
    clinic = written.copied(tmp_path_factory.mktemp("edited") / "vault")
    edit(clinic, EDITS["a record deleted"][1])
    for staff in (RECEPTION, CLINICIAN, MANAGER):
        ran = clinic.call("verify", staff=staff)
        assert (ran.code, ran.err) == (1, "")
        assert ran.out.splitlines()[-1] == "Something is wrong; see above."


@pytest.mark.parametrize(
    "sql",
    ["UPDATE staff_slot SET badge = zeroblob(length(badge))", "UPDATE manifest SET sealed = zeroblob(length(sealed))"],
    ids=["a slot", "the manifest"],
)
def test_where_nobody_can_safely_sign_in_any_more_that_is_said(
    written: Clinic, tmp_path_factory: pytest.TempPathFactory, sql: str
) -> None:
    clinic = written.copied(tmp_path_factory.mktemp("edited") / "vault")
    edit(clinic, sql)
    clinic.call("verify").refused()


def _middle(whole: bytes) -> int:
    """Return where a page in the middle begins: half a page may hold nothing."""
    return len(whole) // 2 // PAGE_SIZE * PAGE_SIZE


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: whole[: _middle(whole)] + bytes(PAGE_SIZE) + whole[_middle(whole) + PAGE_SIZE :],
        lambda whole: whole[:100] + bytes(1000) + whole[1100:],
    ],
    ids=["a page in the middle", "the schema"],
)
def test_a_damaged_file_is_told_without_a_traceback(clinic: Clinic, spoil: Callable[[bytes], bytes]) -> None:
    clinic.vault.write_bytes(spoil(clinic.vault.read_bytes()))
    ran = clinic.call("verify", "--json")
    assert ran.code == 1
    assert "went wrong inside" not in ran.err
    assert "Traceback" not in ran.err


def test_bytes_behind_the_end_are_in_no_record_and_do_no_harm(clinic: Clinic) -> None:
    clinic.vault.write_bytes(clinic.vault.read_bytes() + b"more")
    assert clinic.counts()["patients"] == 2
