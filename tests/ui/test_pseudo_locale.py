"""No string escapes translation, other languages find room, and the window mirrors for those from right to left."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rapportdesk.language import use_language, use_translations
from tests.tour.faults import faults
from tests.tour.tour import WIDTHS, fit
from tests.ui.pseudo import PseudoTranslations, Untranslated
from tests.ui.scenes.bring_in import TYPED as BROUGHT_IN
from tests.ui.scenes.common_ground import ENTERED
from tests.ui.scenes.consents import HUW, UNASKED
from tests.ui.scenes.desk import LONG_NAME, TYPED
from tests.ui.scenes.door import CHANGED, NOT_A_CODE
from tests.ui.scenes.emergency import TYPED as IN_AN_EMERGENCY
from tests.ui.scenes.explained import TYPED as EXPLAINED_TYPED
from tests.ui.scenes.feedback import WRITTEN
from tests.ui.scenes.promises import TYPED as PROMISED_TYPED
from tests.ui.scenes.reach import TYPED as REACH_TYPED
from tests.ui.scenes.retention import NOTED, SEALED, SEALED_OF
from tests.ui.scenes.rights import THEY_SAY, WRONG
from tests.ui.scenes.rights import TYPED as RIGHTS_TYPED
from tests.ui.scenes.staff import LOCUM
from tests.ui.scenes.today import NEEDS
from tests.ui.scenes.wording import TYPED as WORDS_TYPED
from tests.ui.screens import Gallery, all_scenes
from tests.ui.stage import Stage
from ui.look.dates import clock_time, day_name, long_date, short_date
from ui.look.palette import LIGHT
from ui.theme import Theme, load_other_scripts
from ui.widgets.controls import Button, Label, Panel
from ui.widgets.written_date import read_date

BIRTHDAY = dt.date(1958, 3, 14)


@pytest.fixture
def mirrored_pseudo(qapp: QApplication) -> Iterator[Theme]:
    use_translations(PseudoTranslations())
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    theme = Theme(LIGHT)
    theme.apply(qapp)
    theme.also(load_other_scripts(), qapp)
    yield theme
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    use_language("en")


@pytest.fixture
def in_language() -> Iterator[None]:
    yield
    use_language("en")


class _Named(PseudoTranslations):
    """English words with another language's dates."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._info = {"language": language}

    def gettext(self, message: str) -> str:
        return message


def test_every_string_is_translated_and_finds_room_mirrored(
    qapp: QApplication, mirrored_pseudo: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    typed = (
        *TYPED,
        *WORDS_TYPED,
        *EXPLAINED_TYPED,
        *PROMISED_TYPED,
        *REACH_TYPED,
        *BROUGHT_IN,
        NOTED,
        SEALED,
        SEALED_OF,
        WRONG,
        THEY_SAY,
        *RIGHTS_TYPED,
    )
    names = (LONG_NAME, "Gwenllian-Angharad", HUW.name, LOCUM, UNASKED, *NEEDS)
    untranslated = Untranslated((*typed, *ENTERED, *WRITTEN, *IN_AN_EMERGENCY, *NOT_A_CODE, *CHANGED, *names, *NEEDS))
    found, walls = [], []
    for shown in Gallery(qapp, mirrored_pseudo, tmp_path).walk(all_scenes()):
        found += [f"{shown.scene.name}: {fault}" for fault in untranslated.shown(shown.widget)]
        for width in WIDTHS:
            fit(shown, width)
            walls += [f"{shown.scene.name} at {width}: {fault}" for fault in faults(shown.widget)]
        shown.stage.window.resize(WIDTHS[0], 690)
        shown.stage.settle()
        if shown.scene.name == "card":
            _is_mirrored(shown.stage)
    assert not found, "\n".join(found)
    assert not walls, "\n".join(walls)


def _is_mirrored(stage: Stage) -> None:
    """Today stands at the right of the card, the brand at the right of the search, the first block after the second."""
    shell = stage.shell
    assert _left(shell.screens.today, stage) > _left(shell.screens.panels["card"], stage)
    assert _left(shell.bar.brand, stage) > _left(shell.bar.search, stage) > _left(shell.bar.cover, stage)


def _left(widget: QWidget, stage: Stage) -> int:
    return widget.mapTo(stage.window, QPoint(0, 0)).x()


def test_left_to_right_is_not_taken_for_mirrored(qapp: QApplication, theme: Theme, tmp_path: Path) -> None:
    with Gallery(qapp, theme, tmp_path).stage() as stage:
        stage.enter("Ana Ruiz")
        stage.open("Nia Prydderch")
        with pytest.raises(AssertionError):
            _is_mirrored(stage)


def test_a_string_that_was_not_translated_is_noticed(theme: Theme, qtbot: QtBot) -> None:
    pseudo, page = PseudoTranslations(), Panel("page")
    qtbot.addWidget(page)
    page.add(Label(pseudo.gettext("Note for {name}").format(name="Nia Prydderch")), Button(pseudo.gettext("Save")))
    page.show()
    assert list(Untranslated(()).shown(page)) == []
    late = Button("Save it")
    page.add(late)
    late.show()
    assert len(list(Untranslated(()).shown(page))) == 1


def test_the_pseudo_language_keeps_placeholders_and_is_longer() -> None:
    pseudo = PseudoTranslations()
    assert pseudo.gettext("{count} found").format(count=3).startswith("⟦3 ")
    assert len(pseudo.gettext("Find a person")) > 1.3 * len("Find a person")
    assert pseudo.ngettext("{n} minute", "{n} minutes", 2) == pseudo.gettext("{n} minutes")


@pytest.mark.parametrize(
    ("language", "long", "short", "day", "clock"),
    [
        ("en_GB", "14 March 1958", "14 Mar 1958", "Friday 14 March", "09:04"),
        ("de", "14. März 1958", "14.03.1958", "Freitag, 14. März", "09:04"),
        ("cy", "14 Mawrth 1958", "14 Maw 1958", "Dydd Gwener, 14 Mawrth", "09:04"),
        ("en_US", "March 14, 1958", "Mar 14, 1958", "Friday, March 14", "9:04\u202fAM"),
    ],
)
def test_dates_are_written_the_readers_way(
    in_language: None, language: str, long: str, short: str, day: str, clock: str
) -> None:
    use_translations(_Named(language))
    assert long_date(BIRTHDAY) == long
    assert short_date(BIRTHDAY) == short
    assert day_name(BIRTHDAY) == day
    assert clock_time(dt.time(9, 4)) == clock


@pytest.mark.parametrize(
    ("language", "typed", "day"),
    [
        ("en_GB", "3/4/58", dt.date(1958, 4, 3)),
        ("en_US", "3/4/58", dt.date(1958, 3, 4)),
        ("de", "14. März 1958", BIRTHDAY),
        ("cy", "14 Mawrth 1958", BIRTHDAY),
    ],
)
def test_a_day_is_read_the_readers_way(in_language: None, language: str, typed: str, day: dt.date) -> None:
    use_translations(_Named(language))
    assert read_date(typed, dt.date(2026, 11, 20)) == day
