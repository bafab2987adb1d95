"""What the log keeps is decided by type: no text passes, whoever logged it and however."""

import enum
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.event_log import KEPT_FILES, MOST_BYTES, WITHHELD, RedactingFilter, describe, logging_to

SAID = "the leeks took second prize"


class Season(enum.Enum):
    """A member whose value somebody said."""

    WINTER = SAID


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    kept = tmp_path / "log" / "rapportdesk.log"
    with logging_to(kept, level=logging.DEBUG):
        yield kept


def break_something() -> None:
    try:
        raise KeyError(SAID)
    except KeyError as error:
        raise ValueError(SAID) from error


def test_numbers_members_and_types_pass_and_texts_do_not(file: Path) -> None:
    ours = logging.getLogger("rapportdesk.somewhere")
    ours.info("%d of %s, %s by %s in %s", 3, Season.WINTER, ValueError(SAID), SAID, Path(SAID))
    assert f"3 of WINTER, ValueError by {WITHHELD} in {WITHHELD}" in file.read_text(encoding="utf-8")


def test_another_packages_line_keeps_its_place_alone(file: Path) -> None:
    logging.getLogger("somebody.else").warning(SAID)
    logging.getLogger("rapportdesk_of_another_kind").warning(SAID)
    text = file.read_text(encoding="utf-8")
    assert "WARNING somebody.else test_event_log:" in text
    assert "leeks" not in text


def test_an_exception_is_its_types_and_places(file: Path) -> None:
    try:
        break_something()
    except ValueError:
        logging.getLogger("rapportdesk").exception("100 % of it broke", stack_info=True)
    text = file.read_text(encoding="utf-8")
    assert "100 % of it broke\nbuiltins.ValueError\n" in text
    assert "in break_something" in text
    assert "leeks" not in text


def test_what_is_no_text_of_ours_is_withheld_whole(file: Path) -> None:
    logging.getLogger("ui").info(ValueError(SAID))
    logging.getLogger("ui").info("%(said)s and %(number)d", {"said": SAID, "number": 5})
    text = file.read_text(encoding="utf-8")
    assert text.count(WITHHELD) == 2
    assert "leeks" not in text


@given(words=st.text(st.characters(categories=["L"]), min_size=4), number=st.integers())
def test_no_words_pass_the_filter_in_any_place(words: str, number: int) -> None:
    told = f"«{words}»"
    places: tuple[tuple[str, object, tuple[object, ...]], ...] = (
        ("rapportdesk.x", "%s %s", (told, number)), ("rapportdesk.x", "%r", (told.encode(),)),
        ("rapportdesk.x", "%s", ([told],)), ("elsewhere", told, ()), ("elsewhere", "%s", (told,)),
    )  # fmt: skip
    for name, message, arguments in places:
        record = logging.LogRecord(name, logging.INFO, __file__, 1, message, arguments, None)
        assert told in record.getMessage() or told.encode() in arguments  # the control: unfiltered, it is there
        RedactingFilter().filter(record)
        assert told not in logging.Formatter().format(record)


def test_the_files_are_rotated_and_their_owners_alone(file: Path) -> None:
    ours = logging.getLogger("rapportdesk")
    for number in range((KEPT_FILES + 2) * MOST_BYTES // 400):
        ours.info("line %d " + "of many " * 50, number)  # a long line of ours
    kept = sorted(file.parent.iterdir())
    assert len(kept) == KEPT_FILES + 1
    assert all(each.stat().st_size <= MOST_BYTES + 1000 for each in kept)
    assert all(each.stat().st_mode & 0o077 == 0 for each in kept)


def test_a_disk_that_takes_nothing_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with logging_to(tmp_path / "file" / "rapportdesk.log"):
        logging.getLogger("rapportdesk").info("said all the same")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "in the way"


def test_nothing_is_kept_after_the_block(tmp_path: Path) -> None:
    before = logging.getLogger().level
    with logging_to(tmp_path / "log"):
        logging.getLogger("rapportdesk").info("within")
    logging.getLogger("rapportdesk").warning("after")
    text = (tmp_path / "log").read_text(encoding="utf-8")
    assert "within" in text
    assert "after" not in text
    assert logging.getLogger().level == before


def test_a_description_names_the_file_without_its_folders() -> None:
    with pytest.raises(ValueError, match="leeks") as thrown:
        break_something()
    text = describe(thrown.value)
    assert "test_event_log.py" in text
    assert str(Path.home()) not in text


def test_what_nobody_keeps_is_printed_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    code = f"""
import logging
{{ask}}
logging.getLogger("somebody.else").warning({SAID!r})
logging.getLogger("rapportdesk").warning("%s", {SAID!r})
"""
    for ask in ("", "from rapportdesk.event_log import redact_what_nobody_keeps as ask; ask()"):
        subprocess.run([sys.executable, "-c", code.format(ask=ask)], check=True)
        told = capfd.readouterr().err
        assert told.count("leeks") == (0 if ask else 2)
        assert len(told.splitlines()) == 2


def test_what_nobody_can_catch_is_printed_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    code = f"""
{{ask}}
class Held:
    def __del__(self):
        raise ValueError({SAID!r})
Held()
"""
    for ask in ("", "from rapportdesk.event_log import redact_what_nobody_keeps as ask; ask()"):
        subprocess.run([sys.executable, "-c", code.format(ask=ask)], check=True)
        told = capfd.readouterr().err
        assert "ValueError" in told
        assert ("leeks" in told) is not bool(ask)


def test_an_exception_that_is_among_its_own_causes_is_described_once() -> None:
    first, second = ValueError(SAID), KeyError(SAID)
    first.__cause__, second.__cause__ = second, first
    assert describe(first).splitlines() == ["builtins.ValueError", "builtins.KeyError"]
