"""With everything a receptionist's session holds, below the screen: nothing of a clinician's own notes is in reach.

All objects Python's collector knows are walked, and what they refer to; so are the read model, the file's things opened
with every key reception holds, and every text of the window's widgets.
"""

import gc
from collections.abc import Iterator
from pathlib import Path
from types import FrameType, ModuleType

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit

from rapportdesk.desk.desk import Desk
from rapportdesk.model.note import Audience, NoteKind
from tests.interference.looking import look
from tests.interference.twins import ANA, OSEI, People, Vault, alike, sign_in
from tests.readmodel.contents import tables
from tests.ui.stage import Stage
from ui.look.palette import LIGHT
from ui.theme import Theme

ABOUT = NoteKind.ALSO_WORTH_KNOWING
HERS, MINE, OPEN = "bittern", "corncrake", "moorhen"
"""Parts of words that are put together only where they are written, so that this file does not hold them whole."""


def planted(part: str) -> str:
    """Return a word that no object holds unless somebody was given it."""
    return "-".join((part, part[::-1]))


def reachable(word: str) -> list[str]:
    """Return what holds a word: texts and bytes that any object in this process refers to."""
    gc.collect()
    found: list[str] = []
    seen: set[int] = set()
    needle = word.encode()
    for holder in gc.get_objects():
        if isinstance(holder, FrameType | ModuleType):
            continue
        for held in gc.get_referents(holder):
            if id(held) in seen or not isinstance(held, str | bytes | bytearray):
                continue
            seen.add(id(held))
            if (word in held) if isinstance(held, str) else (needle in held):
                found.append(f"{type(holder).__name__}: {str(held)[:80]}")
    return found


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> tuple[Vault, People]:
    return alike(tmp_path_factory.mktemp("memory") / "vault")


@pytest.fixture
def desk(clinic: tuple[Vault, People]) -> Iterator[Desk]:
    with clinic[0].open() as desk:
        yield desk


def write(desk: Desk, people: People, part: str, audience: Audience) -> None:
    desk.notes.write(people.nia, f"about the {planted(part)}", kind=ABOUT, audience=audience)


def test_a_clinicians_note_is_nowhere_in_a_receptionists_session(desk: Desk, clinic: tuple[Vault, People]) -> None:
    people = clinic[1]
    sign_in(desk, OSEI)
    write(desk, people, HERS, Audience.CLINICIANS)
    write(desk, people, OPEN, Audience.EVERYONE)
    desk.people.set_company(people.nia, frozenset())
    shown = desk.briefs.open_veiled(people.nia), desk.people.card(people.nia)
    desk.search(planted(HERS))
    assert reachable(planted(HERS)), "the control: what a clinician is shown is found"
    del shown
    sign_in(desk, ANA)
    read = desk.people.card(people.nia), desk.search(planted(OPEN)[:8]), desk.today.day()
    assert reachable(planted(OPEN)), "the control: what reception may read is found the same way"
    assert reachable(planted(HERS)) == []
    session = desk.session()
    assert planted(HERS) not in str([list(session.store.things(each)) for each in people.all])
    assert planted(HERS) not in str(list(session.store.all_things()))
    dumped = str([tables(each) for each in (session.index.desk, *session.index.over)])
    assert planted(OPEN)[:7] in dumped, "the control: what reception may find lies in it"
    assert planted(HERS)[:7] not in dumped
    assert session.index.find_words(planted(HERS)).hits == ()
    assert session.index.find_words(planted(OPEN)).hits != ()
    del read


def test_what_reception_writes_for_the_clinician_cannot_be_read_back_and_does_not_stay(
    desk: Desk, clinic: tuple[Vault, People]
) -> None:
    people = clinic[1]
    sign_in(desk, ANA)
    write(desk, people, MINE, Audience.CLINICIANS)
    assert reachable(planted(MINE)) == []
    assert planted(MINE) not in str(list(desk.session().store.all_things()))
    assert not desk.search(planted(MINE)).hits
    assert desk.notes.undo() == "wrote a note"
    write(desk, people, MINE, Audience.CLINICIANS)
    sign_in(desk, OSEI)
    desk.people.set_company(people.nia, frozenset())
    assert planted(MINE) in str(desk.people.card(people.nia)), "the control: a clinician reads it"


def test_the_window_holds_nothing_of_it_after_a_change_of_person(
    qapp: QApplication, clinic: tuple[Vault, People], tmp_path: Path
) -> None:
    vault, people = clinic
    with vault.open() as desk:
        sign_in(desk, OSEI)
        write(desk, people, HERS, Audience.CLINICIANS)
    theme = Theme(LIGHT)
    theme.apply(qapp)
    with Stage(qapp, theme, (vault.path, vault.custody), tmp_path / "stage") as stage:
        stage.enter(OSEI)
        stage.shell.open_person(people.nia, "brief")
        stage.settle()
        stage.shell.screens.panels["brief"].open_veiled()  # type: ignore[attr-defined]  # the shell knows it as a Screen
        stage.settle()
        assert planted(HERS) in "\n".join(look(qapp).values()), "the control: it stands on the clinician's screen"
        stage.leave()
        stage.enter(ANA)
        stage.shell.open_person(people.nia)
        stage.settle()
        assert planted(HERS) not in "\n".join(look(qapp).values())
        texts = [each for each in qapp.allWidgets() if isinstance(each, QLabel | QLineEdit)]
        fields = [each for each in qapp.allWidgets() if isinstance(each, QPlainTextEdit)]
        said = [each.text() for each in texts] + [each.toPlainText() for each in fields]
        assert [each for each in said if planted(HERS) in each] == []
        assert reachable(planted(HERS)) == []
