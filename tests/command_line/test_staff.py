"""Who works here is said, admitted and removed on the command line by those who may; the audit says who did what."""

import json
from pathlib import Path

import pytest

from tests.command_line.clinic import CLINICIAN, MANAGER, RECEPTION, SECRET, Clinic

NEW_SECRET = "sheepdogs and choirs"


@pytest.fixture
def new_secret(tmp_path: Path) -> Path:
    file = tmp_path / "new secret"
    file.write_text(NEW_SECRET + "\r\n", encoding="utf-8")
    return file


def add(clinic: Clinic, name: str, new_secret: Path | str, *roles: str) -> tuple[str | Path, ...]:
    """Return the command that admits somebody."""
    named = [word for role in roles or ("reception",) for word in ("--role", role)]
    return "staff", "add", name, *named, "--new-secret-file", new_secret


def names(clinic: Clinic) -> list[str]:
    """Return who may sign in."""
    return [each["name"] for each in clinic.call("staff", "list", "--json", staff=MANAGER).json()]


def test_everybody_sees_who_works_here(founded: Clinic) -> None:
    listed = founded.call("staff", "list", "--json").json()
    assert {each["name"]: each["roles"] for each in listed} == {
        RECEPTION: ["reception"],
        MANAGER: ["manager"],
        CLINICIAN: ["clinician"],
    }
    assert [each["holds_clinicians_keys"] for each in listed] == [False, False, True]
    assert founded.call("staff", "list").done().splitlines()[0] == f"{RECEPTION}  reception"


def test_somebody_who_was_added_signs_in_with_their_own_secret(clinic: Clinic, new_secret: Path) -> None:
    made = clinic.call(*add(clinic, "Eve Jones", new_secret), "--json", staff=MANAGER).json()
    assert (made["name"], made["roles"]) == ("Eve Jones", ["reception"])
    assert "Eve Jones" in names(clinic)
    assert clinic.call("search", "Nia", "--secret-file", new_secret, staff="Eve Jones").done()
    clinic.call("search", "Nia", staff="Eve Jones").refused()


def test_a_one_time_secret_opens_nothing_but_the_choice_of_another(
    clinic: Clinic, new_secret: Path, tmp_path: Path
) -> None:
    command = (*add(clinic, "Eve Jones", new_secret), "--one-time")
    assert "choose a secret of their own" in clinic.call(*command, staff=MANAGER).done()
    for refused in (("search", "Nia"), ("note", "add", clinic.nia, "--kind", "hobby", "x"), ("verify",)):
        said = clinic.call(*refused, "--secret-file", new_secret, staff="Eve Jones").refused()
        assert "rapportdesk staff secret" in said
    same = ("staff", "secret", "--secret-file", new_secret, "--new-secret-file")
    clinic.call(*same, new_secret, staff="Eve Jones").refused()
    own = tmp_path / "own"
    own.write_text("four words of mine", encoding="utf-8")
    clinic.call(*same, own, staff="Eve Jones").done()
    clinic.call("search", "Nia", "--secret-file", own, staff="Eve Jones").done()


def test_temporary_staff_come_in_until_their_last_day(clinic: Clinic, new_secret: Path) -> None:
    eve = add(clinic, "Eve Jones", new_secret)
    clinic.call(*eve, "--until", "2001-01-01", staff=MANAGER).refused()
    clinic.call(*eve, "--until", "2199-12-31", staff=MANAGER).done()
    clinic.call("search", "Nia", "--secret-file", new_secret, staff="Eve Jones").done()
    listed = clinic.call("staff", "list", "--json", staff=MANAGER).json()
    assert {each["name"]: each["ends_on"] for each in listed}["Eve Jones"] == "2199-12-31"


def test_both_secrets_come_down_one_standard_input(clinic: Clinic, new_secret: Path) -> None:
    typed = f"{SECRET}\n{NEW_SECRET}\n".encode()
    clinic.run(*add(clinic, "Eve Jones", "-"), "--secret-file", "-", staff=MANAGER, stdin=typed).done()
    clinic.call("search", "Nia", "--secret-file", new_secret, staff="Eve Jones").done()
    clinic.call("staff", "secret", "--new-secret-file", "-", "--secret-file", "-", stdin=typed).done()
    clinic.call("search", "Nia", "--secret-file", new_secret).done()


def test_the_next_clinician_waits_for_a_clinician(clinic: Clinic, new_secret: Path) -> None:
    clinic.call("note", "add", clinic.nia, "--kind", "hobby", "Alone, please", "--audience", "clinicians").done()
    made = clinic.call(*add(clinic, "Dr Hahn", new_secret, "clinician"), "--json", staff=MANAGER)
    assert made.json()["roles"] == ["clinician"]  # and nothing else on standard output

    def veiled() -> bool:
        brief = clinic.call(
            "brief", "--patient", clinic.nia, "--json", "--secret-file", new_secret, staff="Dr Hahn"
        ).json()
        return bool(brief["veiled"])

    assert not veiled()
    for staff in (MANAGER, RECEPTION):
        clinic.call("staff", "admit", "Dr Hahn", staff=staff).refused()
    clinic.call("staff", "admit", "dr hahn", staff=CLINICIAN).done()
    assert veiled()


def test_somebody_who_was_removed_is_gone(clinic: Clinic) -> None:
    said = clinic.call("staff", "remove", RECEPTION, staff=MANAGER).done()
    assert "copied" in said  # what removing cannot do is said plainly
    assert names(clinic) == [MANAGER, CLINICIAN]
    clinic.call("search", "Nia").refused()
    assert clinic.counts()["patients"] == 2


@pytest.mark.parametrize("staff", [RECEPTION, CLINICIAN])
def test_only_a_manager_manages(clinic: Clinic, new_secret: Path, staff: str) -> None:
    for command in (
        add(clinic, "Eve Jones", new_secret, "manager"), ("staff", "remove", MANAGER), ("audit",)
    ):  # fmt: skip
        clinic.call(*command, staff=staff).refused()
    assert names(clinic) == [RECEPTION, MANAGER, CLINICIAN]


@pytest.mark.parametrize(
    ("name", "secret", "roles"),
    [
        (RECEPTION, NEW_SECRET, ["reception"]),
        ("", NEW_SECRET, ["reception"]),
        ("Eve", "short", ["reception"]),
        ("Eve", "", ["reception"]),
        ("Eve\udcff", NEW_SECRET, ["reception"]),
    ],
    ids=["a name that is taken", "no name", "a short secret", "no secret", "half a character"],
)
def test_nobody_half_admitted_stays(clinic: Clinic, tmp_path: Path, name: str, secret: str, roles: list[str]) -> None:
    file = tmp_path / "secret"
    file.write_text(secret, encoding="utf-8")
    clinic.call(*add(clinic, name, file, *roles), staff=MANAGER).refused()
    assert names(clinic) == [RECEPTION, MANAGER, CLINICIAN]


@pytest.mark.parametrize("name", [MANAGER, "Nobody", ""])
def test_a_manager_cannot_remove_themselves_or_somebody_who_is_not_there(founded: Clinic, name: str) -> None:
    founded.call("staff", "remove", name, staff=MANAGER).refused()


def test_the_audit_says_who_did_what_to_whom_and_never_what_was_said(clinic: Clinic) -> None:
    clinic.call("note", "add", clinic.nia, "--kind", "hobby", "Keeps pigeons").done()
    clinic.call("brief", "--patient", clinic.nia, staff=CLINICIAN).done()
    ran = clinic.run("audit", "--patient", clinic.nia, "--json", staff=MANAGER)
    done = [(event["who"], event["action"]) for event in ran.json()]
    assert (RECEPTION, "note-written") in done
    assert (CLINICIAN, "brief-read") in done
    assert {event["patient"] for event in ran.json()} == {clinic.nia}
    assert "pigeon" not in ran.out
    assert "Nia" not in ran.out


def test_the_audit_of_days_to_come_is_empty(founded: Clinic) -> None:
    everything = founded.call("audit", "--json", staff=MANAGER).json()
    assert everything[0]["action"] == "vault-created"
    assert founded.call("audit", "--json", "--since", "2099-01-01", staff=MANAGER).json() == []
    assert founded.call("audit", "--json", "--since", "2001-01-01", "--patient", "40218", staff=MANAGER).json()
    assert founded.call("audit", "--since", "2099-01-01", "--patient", "40218", staff=MANAGER).done() == ""


def test_receptions_own_audit_tells_nothing_that_reception_may_not_know(clinic: Clinic) -> None:
    def answer(staff: str) -> list[str]:
        events = clinic.call("audit", "--patient", "40218", "--json", staff=staff).json()
        return [json.dumps(event) for event in events if event["action"] != "exported"]  # as it is by asking

    before = answer(RECEPTION)
    clinic.call(
        "note", "add", "40218", "--kind", "hobby", "x", "--audience", "clinicians", staff=CLINICIAN
    ).done()  # fmt: skip
    assert answer(RECEPTION) == before
    assert len(answer(MANAGER)) == len(before) + 1


def test_what_is_done_to_staff_is_machine_readable(clinic: Clinic, new_secret: Path) -> None:
    ids = {each["name"]: each["id"] for each in clinic.call("staff", "list", "--json", staff=MANAGER).json()}
    made = clinic.call(*add(clinic, "Dr Hahn", new_secret, "clinician"), "--json", staff=MANAGER).json()["id"]
    assert clinic.call("staff", "admit", "Dr Hahn", "--json", staff=CLINICIAN).json() == {"id": made}
    assert clinic.call("staff", "remove", "Dr Hahn", "--json", staff=MANAGER).json() == {"id": made}
    changed = clinic.call("staff", "secret", "--new-secret-file", new_secret, "--json")
    assert changed.json() == {"id": ids[RECEPTION]}


def test_new_keys_are_put_in_place_by_a_manager_alone_and_nobody_is_kept_out(clinic: Clinic) -> None:
    clinic.call("rotate", "--vault-key", staff=RECEPTION).refused()
    assert clinic.call("rotate", "--vault-key", "--json", staff=MANAGER).json() == {"patients": 2, "device": False}
    assert "new locks" in clinic.call("rotate", "--vault-key", staff=MANAGER).done()
    for staff in (RECEPTION, MANAGER, CLINICIAN):
        assert clinic.call("verify", "--json", staff=staff).json()["faults"] == []
    assert clinic.run("rotate", staff=MANAGER).code == 2
