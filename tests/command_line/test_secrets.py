"""A secret comes from a file, from standard input or from a prompt; a wrong one opens nothing and says so."""

import os
from pathlib import Path

import pytest

from tests.command_line.clinic import CLINICIAN, MANAGER, RECEPTION, SECRET, Clinic


def test_the_secret_and_then_the_note_come_down_the_same_standard_input(clinic: Clinic) -> None:
    typed = f"{SECRET}\nGrows prize leeks\nin her allotment\n".encode()
    clinic.run("note", "add", clinic.nia, "--kind", "hobby", "-", "--secret-file", "-", stdin=typed).done()
    brief = clinic.brief_of(clinic.nia)
    assert "prize leeks" in brief
    assert "allotment" in brief
    assert SECRET not in brief


@pytest.mark.parametrize(
    "written",
    [
        SECRET.encode(),
        f"{SECRET}\r\n".encode(),
        f"{SECRET}\nand a second line\n".encode(),
        f"\ufeff{SECRET}\r\n".encode(),
        f"{SECRET}\n".encode() + b"\xff\xfe",
    ],
    ids=["no line end", "CRLF", "two lines", "byte order mark and CRLF", "what follows is no text"],
)
@pytest.mark.parametrize("way", ["file", "standard input"])
def test_every_way_to_write_the_same_first_line_opens(
    founded: Clinic, tmp_path: Path, written: bytes, way: str
) -> None:
    file = tmp_path / "secret"
    file.write_bytes(written)
    if way == "file":
        hits = founded.call("search", "Nia", "--json", "--secret-file", file).json()
    else:
        hits = founded.call("search", "Nia", "--json", "--secret-file", "-", stdin=written).json()
    assert [hit["id"] for hit in hits] == [founded.nia]


@pytest.mark.parametrize(
    "written",
    [b"", b"\n", b"\r\n", b"\xef\xbb\xbf\n", b"\xff\xfel\x00e\x00\n", b"not the secret", SECRET.encode() + b" "],
    ids=["empty", "blank", "blank CRLF", "a mark alone", "UTF-16", "wrong", "a space too many"],
)
@pytest.mark.parametrize("way", ["file", "standard input"])
def test_a_secret_that_is_none_is_refused_in_a_sentence(
    clinic: Clinic, tmp_path: Path, written: bytes, way: str
) -> None:
    file = tmp_path / "secret"
    file.write_bytes(written)
    given = file if way == "file" else "-"
    said = clinic.call("search", "Nia", "--secret-file", given, stdin=written).refused()
    assert SECRET not in said
    assert "not the secret" not in said


@pytest.mark.parametrize("name", ["missing", ".", "\x00"], ids=["missing", "a folder", "no name at all"])
def test_a_secret_file_that_cannot_be_read_is_a_sentence(founded: Clinic, tmp_path: Path, name: str) -> None:
    assert "secret cannot be read" in founded.call("verify", "--secret-file", tmp_path / name).refused()


def test_a_secret_file_without_an_end_is_not_read_for_ever(clinic: Clinic) -> None:
    clinic.call("verify", "--secret-file", "/dev/zero").refused()


def test_with_no_terminal_to_ask_at_there_is_a_sentence_and_no_secret_is_read_from_standard_input(
    founded: Clinic,
) -> None:
    asked = founded.program.run("verify", "--vault", founded.vault, "--staff", RECEPTION, stdin=SECRET.encode())
    assert "--secret-file" in asked.refused()
    assert asked.out == ""


def test_at_a_terminal_the_secret_is_asked_for_and_not_shown(founded: Clinic) -> None:
    import pty

    ours, theirs = pty.openpty()
    with os.fdopen(ours, "r+b", buffering=0) as terminal:
        command = founded.program.start(
            "search", "Nia", "--json", "--vault", founded.vault, "--staff", RECEPTION,
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, preexec_fn=lambda: _take(theirs),
        )  # fmt: skip
        os.close(theirs)
        shown = b""
        while b"Ana Ruiz: " not in shown:
            shown += terminal.read(1000)
        terminal.write(SECRET.encode() + b"\n")
        while founded.nia.encode() not in shown:
            shown += terminal.read(1000)
        assert command.wait(60) == 0
    assert SECRET.encode() not in shown


def _take(terminal: int) -> None:
    """Make it the controlling terminal of the new session (tty_ioctl(4))."""
    import fcntl
    import termios

    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)


def test_a_secret_opens_for_its_person_alone(clinic: Clinic, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.write_text("sheepdogs and choirs", encoding="utf-8")
    clinic.call("staff", "secret", "--new-secret-file", new).done()
    clinic.call("search", "Nia").refused()
    clinic.call("search", "Nia", "--secret-file", new).done()
    clinic.call("search", "Nia", "--secret-file", new, staff=MANAGER).refused()


@pytest.mark.parametrize("staff", ["Eve", "", "Ana", "\udcff", "Ana Ruiz\x00"])
def test_whoever_does_not_work_here_does_not_come_in(founded: Clinic, staff: str) -> None:
    said = founded.call("search", "Nia", staff=staff).refused()
    assert not any(name in said for name in (MANAGER, RECEPTION, CLINICIAN))


def test_a_name_is_known_however_it_is_capitalised(founded: Clinic) -> None:
    founded.call("search", "Nia", staff="ANA ruiz").done()


def test_wrong_secrets_make_even_the_right_one_wait(clinic: Clinic, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not it, not at all", encoding="utf-8")
    sentences = [clinic.call("search", "Nia", "--secret-file", wrong).refused() for _try in range(3)]
    assert len(set(sentences)) == 1
    assert "second" in clinic.call("search", "Nia").refused()
    failures = [
        event for event in clinic.call("audit", "--json", staff=MANAGER).json() if event["action"] == "sign-in-failed"
    ]
    assert [(event["outcome"], event["why"], event["count"]) for event in failures] == [
        ("failure", "wrong secret", 3), ("failure", "too early", 1),
    ]  # fmt: skip
    assert (failures[0]["about"], failures[0]["count"]) == (RECEPTION, 3)
