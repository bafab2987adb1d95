"""What was explained is taken down by keyboard from card or brief, and what is typed is never lost."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from rapportdesk.model.explained import TeachBack
from rapportdesk.model.note import Audience, NoteKind
from tests.ui.conftest import EnterAs
from tests.ui.keys import CTRL, Key, press, type_in
from ui.explained.explained import ExplainedDialog
from ui.explained.plain_words import PlainWords, figure_words, hard_words
from ui.frame.shell import Shell
from ui.work import Work

NIA, NOT_ASKED = "Nia Prydderch", "María José García-Llorente"

Open = Callable[[str, str], ExplainedDialog]


@pytest.fixture
def open_for(enter_as: EnterAs, qtbot: QtBot, settle: Callable[[Work], None]) -> Open:
    shells: dict[str, Shell] = {}

    def opened(who: str, whose: str) -> ExplainedDialog:
        shell = shells[who] = shells.get(who) or enter_as(who)
        shell.open_person(shell.tools.desk.search(whose).hits[0].id)
        settle(shell.tools.work)
        shell.run("explained")
        settle(shell.tools.work)
        dialog = shell.window().findChildren(ExplainedDialog)[-1]
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return opened


def test_it_is_typed_and_saved_by_keyboard_from_the_brief(open_for: Open, settle: Callable[[Work], None]) -> None:
    dialog = open_for("Dr Osei", NIA)
    tools = dialog._tools
    type_in("the new tablet")
    press(Key.Key_Return)
    type_in("it thins the blood")
    dialog.come_back(TeachBack.UNDERSTOOD)
    dialog.felt.edit.setText("Worried")
    dialog.acknowledged.edit.setText("said that many are")
    press(Key.Key_Return, CTRL)
    settle(tools.work)
    notes = {each.text: each for each in tools.desk.session().known(dialog._patient_id).notes}
    explained = notes["the new tablet"].explained
    assert explained is not None
    assert (notes["the new tablet"].kind, explained.in_words) == (NoteKind.EXPLAINED, "it thins the blood")
    assert explained.teach_back is TeachBack.UNDERSTOOD
    assert notes["Worried"].acknowledged == "said that many are"


def test_what_is_for_clinicians_only_is_sealed(open_for: Open, settle: Callable[[Work], None]) -> None:
    dialog = open_for("Dr Osei", NIA)
    tools, patient = dialog._tools, dialog._patient_id
    dialog.what.edit.setText("the result")
    dialog.sealed.setChecked(True)
    dialog.save()
    settle(tools.work)
    kept = next(each for each in tools.desk.session().known(patient).notes if each.text == "the result")
    assert kept.audience is Audience.CLINICIANS


def test_a_leaflet_of_the_library_stands_for_what_was_explained(open_for: Open, settle: Callable[[Work], None]) -> None:
    dialog = open_for("Ben Morgan", NIA)
    tools, patient = dialog._tools, dialog._patient_id
    leaflet = tools.desk.leaflets.add("Your scan", language="Welsh")
    dialog.leave()
    dialog = open_for("Ben Morgan", NIA)
    dialog.leaflet.setCurrentIndex(dialog.leaflet.findData(leaflet.id))
    assert dialog.leaflet.currentText() == "Your scan (Welsh)"
    assert dialog.title.isHidden()
    dialog.save()
    settle(tools.work)
    assert "Your scan" in {each.text for each in tools.desk.session().known(patient).notes}


def test_without_consent_it_says_so_offers_to_ask_and_keeps_what_is_typed(
    open_for: Open, settle: Callable[[Work], None]
) -> None:
    dialog = open_for("Ana Ruiz", NOT_ASKED)
    tools = dialog._tools
    wanted: list[str] = []
    dialog.command_wanted.connect(wanted.append)
    dialog.what.edit.setText("the new tablet")
    dialog.save()
    settle(tools.work)
    assert not dialog.ask_first.isHidden()
    dialog.ask_first.click()
    settle(tools.work)
    assert wanted == ["consent"]
    assert open_for("Ana Ruiz", NOT_ASKED).what.text == "the new tablet"


def test_hard_words_are_named_below_the_field_and_go_when_it_is_plain(
    open_for: Open, settle: Callable[[Work], None], qtbot: QtBot
) -> None:
    dialog = open_for("Ana Ruiz", NIA)
    plain: PlainWords = dialog.plain
    dialog.in_words.start_with("Take this anticoagulant medication each day, before you eat, with water.")
    qtbot.waitUntil(lambda: "blood thinner" in plain.said)
    assert "medicine" in plain.said
    dialog.in_words.start_with("Take this each day.")
    qtbot.waitUntil(lambda: not plain.said)


def test_nothing_is_said_of_nothing() -> None:
    from rapportdesk.model.reading_help import ReadingHelp

    assert figure_words(ReadingHelp()) == hard_words(ReadingHelp()) == ""
    assert figure_words(ReadingHelp(words=40, ease=30, longest_sentence=40)) == (
        "Hard to read: 30 of 100. The longest sentence has 40 words."
    )
    assert figure_words(ReadingHelp(words=40, ease=90, longest_sentence=5)) == "Easy to read: 90 of 100."
