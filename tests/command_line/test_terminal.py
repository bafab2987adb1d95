"""Whatever the terminal can or cannot show, whoever stops reading: names come through, and nothing falls over."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.command_line.clinic import CLINICIAN, RECEPTION, Clinic

ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
"""A terminal that knows nothing but ASCII, and a Python that is told to believe it."""

WELSH = "Mynd â’r ci am dro — ŵyna 🐑"


@pytest.fixture(scope="module")
def welsh(founded: Clinic, tmp_path_factory: pytest.TempPathFactory) -> Clinic:
    """A practice with a note that ASCII cannot show."""
    clinic = founded.copied(tmp_path_factory.mktemp("welsh") / "vault")
    clinic.call("note", "add", clinic.nia, "--kind", "hobby", WELSH).done()
    return clinic


def test_a_note_given_as_an_argument_under_an_ascii_locale_is_kept_or_refused_in_words(clinic: Clinic) -> None:
    ran = clinic.run("note", "add", clinic.nia, "--kind", "hobby", WELSH, environment={"LC_ALL": "C"})
    ran.done()
    assert WELSH in clinic.brief_of(clinic.nia)
    clinic.call("note", "add", clinic.nia, "--kind", "hobby", b"half \xff").refused()


def test_json_is_whole_on_a_terminal_that_knows_only_ascii(welsh: Clinic) -> None:
    hits = welsh.run("search", "ci am dro", "--json", environment=ASCII).json()
    assert hits[0]["snippet"] == WELSH


def test_words_are_readable_on_a_terminal_that_knows_only_ascii(welsh: Clinic) -> None:
    line = welsh.run("search", "ci am dro", environment=ASCII).done()
    assert line.isascii()
    assert "r ci am dro" in line


def test_a_brief_is_utf_8_wherever_it_goes(welsh: Clinic) -> None:
    assert WELSH in welsh.run("brief", "--patient", welsh.nia, staff=CLINICIAN, environment=ASCII).done()


def test_a_welsh_terminal_is_spoken_to_in_welsh_or_english_but_the_same_json(welsh: Clinic) -> None:
    english = welsh.call("search", "Nia", "--json").json()
    assert welsh.run("search", "Nia", "--json", environment={"LANGUAGE": "cy"}).json() == english


@pytest.mark.parametrize(
    "arguments",
    [(b"search", b"\xff\xfe"), (b"note", b"add", b"\xff", b"--kind", b"hobby", b"x"), (b"\xff",), (b"brief", b"\xff")],
    ids=["a name", "a patient", "a command", "a word too many"],
)
def test_bytes_that_are_no_text_end_in_a_sentence(welsh: Clinic, arguments: tuple[bytes, ...]) -> None:
    ran = welsh.call(*arguments)
    assert ran.code == (0 if b"search" in arguments else 2 if len(arguments) < 3 else 1)
    assert len((ran.out + ran.err).splitlines()) == 1
    assert "Traceback" not in ran.err
    assert "went wrong inside" not in ran.err


def test_a_vault_whose_path_is_no_text_is_a_vault(welsh: Clinic, tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/\xff"
    os.mkdir(folder, 0o700)  # noqa: PTH102  # a path that is no text
    ran = welsh.program.run("verify", "--vault", folder + b"/none.rapport", "--secret-file", welsh.secret_file)
    assert "no RapportDesk file here" in ran.refused()


def whole(clinic: Clinic, *arguments: str) -> tuple[str | Path, ...]:
    """Return the arguments with what every command needs."""
    return (*arguments, "--vault", clinic.vault, "--staff", RECEPTION, "--secret-file", clinic.secret_file)


@contextmanager
def closed_pipe() -> Iterator[int]:
    """Give a pipe's writing end whose reader has left."""
    reads, writes = os.pipe()
    os.close(reads)
    try:
        yield writes
    finally:
        os.close(writes)


def test_a_reader_who_has_left_is_no_traceback(welsh: Clinic) -> None:
    with closed_pipe() as nobody:
        ran = welsh.program.start(*whole(welsh, "search", "Nia", "--json"), stdout=nobody, stderr=subprocess.PIPE)
        _out, err = ran.communicate(timeout=120)
    assert (ran.returncode, err) == (1, b"")


def test_a_disk_that_is_full_is_a_sentence(welsh: Clinic) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = welsh.program.start(*whole(welsh, "search", "Nia"), stdout=full, stderr=subprocess.PIPE)
        _out, err = ran.communicate(timeout=120)
    assert ran.returncode == 1
    assert err.decode().splitlines() == ["The computer refused: No space left on device."]


def test_what_a_reader_did_not_wait_for_was_done_all_the_same(clinic: Clinic) -> None:
    before = clinic.counts()["records"]
    with closed_pipe() as nobody:
        noting = ("note", "add", clinic.nia, "--kind", "hobby", "Keeps pigeons")
        ran = clinic.program.start(*whole(clinic, *noting), stdout=nobody, stderr=subprocess.DEVNULL)
        assert ran.wait(120) == 1
    assert clinic.counts()["records"] == before + 1


def test_streams_that_the_caller_closed_are_no_fault(clinic: Clinic) -> None:
    arguments = [str(each) for each in whole(clinic, "search", "Nia")]
    ran = subprocess.run(
        ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", sys.executable, "-m", "rapportdesk", *arguments],
        env=clinic.program.surroundings({}), capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert clinic.counts()["patients"] == 2
