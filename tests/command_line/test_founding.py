"""`init` makes a vault and its recovery sheets, or neither, and never touches what is there already."""

import stat
from pathlib import Path

import pytest

from rapportdesk.clock import SystemClock
from rapportdesk.desk.door.recovery import recover
from rapportdesk.desk.keys.custody import MemoryCustody
from tests.command_line.program import Program, Ran

SECRET = "leeks and bara brith"


class Beginner:
    """Founds a vault the way the README says."""

    def __init__(self, program: Program, folder: Path) -> None:
        self.program = program
        self.vault = folder / "new" / "desk.rapport"
        self.secret_file = folder / "secret"
        self.secret_file.write_text(SECRET + "\n", encoding="utf-8")

    def init(self, *arguments: str | Path, staff: str = "Ben Morgan", stdin: bytes = b"") -> Ran:
        """Run `init` with what every founding needs, unless it is given."""
        roles = () if "--role" in arguments else ("--role", "manager")
        secret = () if "--secret-file" in arguments else ("--secret-file", self.secret_file)
        who = ("--staff", staff) if staff else ()
        return self.program.call("init", *arguments, "--vault", self.vault, *who, *roles, *secret, stdin=stdin)

    def verify(self) -> Ran:
        """Sign in again and look at everything."""
        return self.program.call("verify", "--vault", self.vault, "--secret-file", self.secret_file, "--json")


@pytest.fixture
def beginner(program: Program, tmp_path: Path) -> Beginner:
    return Beginner(program, tmp_path)


def test_a_new_vault_opens_and_both_sheets_are_for_their_owner_alone(beginner: Beginner, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.txt"
    said = beginner.init("--role", "manager", "--role", "clinician", "--recovery-out", sheet).done()
    clinicians = tmp_path / "sheet.txt.clinicians"
    codes = [file.read_text(encoding="utf-8").splitlines()[0] for file in (sheet, clinicians)]
    assert codes[0] != codes[1]
    assert not any(code in said for code in codes)
    assert [stat.S_IMODE(each.stat().st_mode) for each in (sheet, clinicians, beginner.vault)] == [0o600] * 3
    assert stat.S_IMODE(beginner.vault.parent.stat().st_mode) == 0o700
    assert beginner.verify().json()["faults"] == []
    with recover(beginner.vault, MemoryCustody(), codes[0], SystemClock()).desk as desk:
        assert desk.sheets.check(codes[1], "clinicians") == 2


def test_a_manager_who_is_no_clinician_gets_the_desks_sheet_alone(beginner: Beginner, tmp_path: Path) -> None:
    beginner.init("--recovery-out", tmp_path / "sheet.txt").done()
    assert {each.name for each in tmp_path.iterdir()} == {"new", "secret", "sheet.txt"}


def test_without_a_file_the_code_is_printed_once(beginner: Beginner) -> None:
    title, code = beginner.init().done().splitlines()
    assert "1" in title
    recover(beginner.vault, MemoryCustody(), code, SystemClock()).desk.close()
    assert code.encode() not in beginner.vault.read_bytes()


def test_a_second_init_is_refused_and_leaves_the_file_as_it_was(beginner: Beginner, tmp_path: Path) -> None:
    beginner.init().done()
    before = beginner.vault.read_bytes()
    refused = beginner.init("--recovery-out", tmp_path / "sheet.txt", staff="Eve").refused()
    assert "already" in refused
    assert beginner.vault.read_bytes() == before
    assert not (tmp_path / "sheet.txt").exists()
    assert beginner.verify().json()["faults"] == []


@pytest.mark.parametrize("taken", ["sheet.txt", "sheet.txt.clinicians"])
def test_a_sheet_is_never_written_over_a_file_and_no_vault_is_made(
    beginner: Beginner, tmp_path: Path, taken: str
) -> None:
    (tmp_path / taken).write_text("somebody's shopping", encoding="utf-8")
    refused = beginner.init(
        "--role", "manager", "--role", "clinician", "--recovery-out", tmp_path / "sheet.txt"
    ).refused()
    assert taken in refused
    assert (tmp_path / taken).read_text(encoding="utf-8") == "somebody's shopping"
    assert not beginner.vault.exists()
    assert {each.name for each in tmp_path.iterdir()} == {"secret", taken}


def test_a_sheet_that_cannot_be_written_is_noticed_before_a_vault_is_made(beginner: Beginner, tmp_path: Path) -> None:
    beginner.init("--recovery-out", tmp_path / "nowhere" / "sheet.txt").refused()
    assert not beginner.vault.exists()
    assert {each.name for each in tmp_path.iterdir()} == {"secret"}


@pytest.mark.parametrize(
    ("arguments", "staff", "secret"),
    [
        (("--role", "reception"), "Ana Ruiz", SECRET),
        (("--role", "clinician"), "Dr Osei", SECRET),
        ((), "", SECRET),
        ((), "  ", SECRET),
        ((), "Ben Morgan", "short"),
        ((), "Ben Morgan", "x" * 1025),
        ((), "B" * 501, SECRET),
    ],
    ids=["no manager", "a clinician alone", "nobody", "blank", "short secret", "endless secret", "endless name"],
)
def test_what_no_vault_can_begin_with_is_refused_and_leaves_nothing(
    beginner: Beginner, tmp_path: Path, arguments: tuple[str, ...], staff: str, secret: str
) -> None:
    beginner.init(
        *arguments, "--secret-file", "-", "--recovery-out", tmp_path / "sheet", staff=staff, stdin=secret.encode()
    ).refused()
    assert not beginner.vault.exists()
    assert not (tmp_path / "sheet").exists()


def test_the_same_seed_invents_the_same_people_in_a_new_vault(program: Program, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET, encoding="utf-8")

    def vault(folder: str) -> tuple[str | Path, ...]:
        return "--vault", tmp_path / folder / "desk.rapport", "--staff", "Ben", "--secret-file", secret

    def names(folder: str, seed: int) -> list[tuple[str, str, str]]:
        size = ("--patients", "12", "--notes", "60", "--seed", str(seed))
        program.call("demo-vault", *size, *vault(folder), "--recovery-out", tmp_path / f"{folder}.sheet").done()
        hits = program.call("search", "500", "--json", *vault(folder)).json()
        return sorted((hit["name"], hit["birth_date"], hit["number"]) for hit in hits)

    first = names("first", 1)
    assert len(first) == 12
    assert names("again", 1) == first
    assert names("other", 2) != first
    report, again = (program.call("verify", "--json", *vault(each)).json() for each in ("first", "again"))
    assert (report["patients"], report["faults"]) == (12, [])
    # 60 notes, some consents and visits, and of the practice its name, whom it let in, its sheets and its managers' box
    assert again["records"] == report["records"] > 60 + 12 + 4


def test_the_sheets_are_machine_readable_too(beginner: Beginner, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.txt"
    made = beginner.init("--role", "manager", "--role", "clinician", "--recovery-out", sheet, "--json").json()
    assert made == {
        "sheets": [
            {"kind": "desk", "number": 1, "file": str(sheet)},
            {"kind": "clinicians", "number": 2, "file": f"{sheet}.clinicians"},
        ]
    }


def test_codes_that_are_not_written_to_a_file_are_machine_readable_once(beginner: Beginner) -> None:
    (sheet,) = beginner.init("--json").json()["sheets"]
    with recover(beginner.vault, MemoryCustody(), sheet["code"], SystemClock()).desk as desk:
        assert desk.sheets.check(sheet["code"]) == sheet["number"] == 1
