"""Scenes of the signed-in window: Today, the card and everything asked from it, the brief, and what managers see."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QPushButton, QRadioButton, QWidget

from rapportdesk.errors import BadInput
from rapportdesk.model.identity import PatientId, new_id
from rapportdesk.model.note import NoteKind
from rapportdesk.model.patient import Authority, Patient, RelatedPerson
from tests.ui.screens import ANA, BEN, OSEI, Scene
from tests.ui.stage import Stage
from ui.card.card import CardScreen
from ui.card.move import MoveDialog
from ui.dialogs.sheets_dialog import SheetsDialog
from ui.dialogs.staff_dialog import StaffDialog
from ui.person.person import PersonDialog
from ui.today.today import TodayScreen
from ui.topic.topic import TopicDialog

Show = Callable[[Stage], QWidget]
NIA, NOT_ASKED, CHILD = "Nia Prydderch", "María José García-Llorente", "Kofi Mensah"
LONG_NAME = "Gwenllian-Angharad Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch-Prydderch"
WORDS = "“I want to be told straight, and then given a minute.”"
REFUSED = "The disk is full, so this was not saved.", "What you typed is still there. Free some space first."
SAVED = "Saved for Nia."
TYPED = (*REFUSED, SAVED, "Elin Wyn", "Angharad Wyn", "mother", "Hywel", "Pridderch")
"""What the scenes say themselves, which is nobody's to translate."""

LONG_NOTE = f"{WORDS} She said so twice. " * 6


def card_of(stage: Stage) -> CardScreen:
    """Return the card's panel."""
    panel = stage.shell.screens.panels["card"]
    assert isinstance(panel, CardScreen)
    return panel


def _command(command_id: str, whose: str = "") -> Show:
    def show(stage: Stage) -> QWidget:
        if whose:
            stage.open(whose)
        return stage.run(command_id)

    return show


def _promised_folded(stage: Stage) -> QWidget:
    _today(stage).promised.fold()
    stage.open(NIA)
    return stage.window


def _earlier_unfolded(stage: Stage) -> QWidget:
    _today(stage).promised.fold()
    _today(stage).fold_earlier()
    return stage.run("today")


def _other_day(stage: Stage) -> QWidget:
    _today(stage).fold_earlier()
    _today(stage).go(1)
    return stage.run("today")


def _today(stage: Stage) -> TodayScreen:
    today = stage.shell.screens.today
    assert isinstance(today, TodayScreen)
    return today


def _card(whose: str, *, born: int = 0, panel: str = "") -> Show:
    def show(stage: Stage) -> QWidget:
        stage.open(whose, panel, born=born)
        return stage.window

    return show


def _long_name(stage: Stage) -> QWidget:
    patient = stage.desk.people.add(Patient(id=PatientId(""), name=LONG_NAME, preferred_name="Gwenllian-Angharad"))
    stage.shell.open_person(patient.id)
    stage.settle()
    return stage.window


def _search(text: str, arrows: int = 0) -> Show:
    def show(stage: Stage) -> QWidget:
        stage.run("find")
        stage.shell.bar.search.setText(text)
        stage.settle()
        for _arrow in range(arrows):
            stage.shell.search.hits.step(1)  # type: ignore[attr-defined]  # the shell knows it as a Screen
        return stage.window

    return show


def _typed(text: str, kind: NoteKind | None = None) -> Show:
    def show(stage: Stage) -> QWidget:
        stage.open(NIA)
        quick = card_of(stage).quick
        quick.field.replace(text)
        if kind is not None:
            quick.pick_kind(kind)
        return stage.window

    return show


def _menu_of(button: Callable[[Stage], QPushButton]) -> Show:
    def show(stage: Stage) -> QWidget:
        chosen = button(stage)
        chosen.menu().popup(chosen.mapToGlobal(chosen.rect().bottomLeft()))
        stage.settle()
        return stage.front()

    return show


def _part_of_menu(at: int) -> Show:
    """Open the person's menu and the menu behind one of its headings."""

    def show(stage: Stage) -> QWidget:
        button = stage.shell.bar.person
        behind = [menu for each in button.menu().actions() if isinstance(menu := each.menu(), QMenu)]
        behind[at].popup(button.mapToGlobal(button.rect().bottomLeft()))
        stage.settle()
        return stage.front()

    return show


def _kinds_button(stage: Stage) -> QPushButton:
    stage.open(NIA)
    return next(each for each in card_of(stage).quick.findChildren(QPushButton) if each.menu() is not None)


def _line_reached(stage: Stage) -> QWidget:
    """Reach a note: other lines of a card, such as a topic's, cannot be changed or moved."""
    stage.open(NIA)
    next(each for each in card_of(stage).blocks.lines[1:] if each.line.note is not None).setFocus()
    return stage.window


def _unfolded(stage: Stage) -> QWidget:
    stage.open(NIA)
    more = [
        each
        for each in card_of(stage).blocks.findChildren(QPushButton)
        if each.property("role") == "link" and not each.isHidden()
    ]
    more[0].click()
    return stage.window


def _ask(whose: str, typed: str = "") -> Show:
    def show(stage: Stage) -> QWidget:
        stage.open(whose, "card")
        card_of(stage).quick.field.replace(typed)
        card_of(stage).ask_for_consent()
        return stage.window

    return show


def _someone_else(people: tuple[RelatedPerson, ...]) -> Show:
    def show(stage: Stage) -> QWidget:
        patient = stage.desk.people.add(Patient(id=PatientId(""), name="Elin Wyn", people=people))
        stage.shell.open_person(patient.id)
        stage.settle()
        card_of(stage).ask_for_consent()
        card_of(stage).consent.panel.ask_who()
        return stage.window

    return show


def _edit(stage: Stage) -> QWidget:
    _line_reached(stage)
    return _do(stage, "note.edit")


def _do(stage: Stage, command_id: str) -> QWidget:
    stage.settle()
    card_of(stage).verbs.do(command_id)
    stage.settle()
    return stage.front()


def _history(stage: Stage) -> QWidget:
    _line_reached(stage)
    return _do(stage, "history")


def _move(stage: Stage) -> QWidget:
    _line_reached(stage)
    dialog = _do(stage, "note.move")
    assert isinstance(dialog, MoveDialog)
    dialog.field.setText("Margaret Hughes")
    return dialog


def _add_namesake(stage: Stage) -> QWidget:
    dialog = stage.run("person.add")
    assert isinstance(dialog, PersonDialog)
    dialog.form.name.edit.setText("Nia Pridderch")
    dialog.form.birth_date.edit.setText("14/3/58")
    dialog.form.identity_typed.emit()
    return dialog


def _add_refused(stage: Stage) -> QWidget:
    dialog = stage.run("person.add")
    assert isinstance(dialog, PersonDialog)
    dialog.form.contacts.add_and_go()
    dialog.form.people.add_and_go()
    dialog.save()
    return dialog


def _came_back(stage: Stage) -> QWidget:
    dialog = stage.run("person.add")
    assert isinstance(dialog, PersonDialog)
    dialog.form.name.edit.setText("Hywel")
    dialog.reject()
    stage.settle()
    return stage.run("person.add")


def _topic_person(stage: Stage) -> QWidget:
    stage.open(NIA)
    dialog = stage.run("topic")
    assert isinstance(dialog, TopicDialog)
    radio = next(each for each in dialog.findChildren(QRadioButton) if each.property("value") == "not-in-front-of")
    radio.click()
    radio.setFocus()
    return dialog


def _said(stage: Stage) -> QWidget:
    stage.open(NIA)
    stage.shell.tools.messages.say(SAVED, lambda: None)
    return stage.window


def _went_wrong(stage: Stage) -> QWidget:
    stage.open(NIA)
    stage.shell.tools.messages.problem(BadInput(*REFUSED))
    return stage.window


def _opened_veil(stage: Stage) -> QWidget:
    stage.open(NIA)
    stage.shell.screens.panels["brief"].open_veiled()  # type: ignore[attr-defined]  # the shell knows it as a Screen
    return stage.window


def _staff_refused(stage: Stage) -> QWidget:
    dialog = stage.run("staff")
    assert isinstance(dialog, StaffDialog)
    dialog.add.click()
    return dialog


def _remove(stage: Stage) -> QWidget:
    dialog = stage.run("staff")
    assert isinstance(dialog, StaffDialog)
    of_ana = [each for each in dialog.findChildren(QPushButton) if "Ana" in each.accessibleName()]
    of_ana[-1].click()  # the last of what can be done about her: to take her access away
    stage.settle()
    return stage.front()


def _new_sheet(stage: Stage) -> QWidget:
    dialog = stage.run("sheets")
    assert isinstance(dialog, SheetsDialog)
    dialog.holder.edit.setText("Gwen Pugh")
    dialog.desk_sheet.click()
    stage.settle()
    dialog.without.click()
    return dialog


def _no_place_for_its_backup(stage: Stage) -> QWidget:
    dialog = stage.run("sheets")
    assert isinstance(dialog, SheetsDialog)
    dialog.holder.edit.setText("Gwen Pugh")
    dialog.desk_sheet.click()
    return dialog


def _older_sheet(stage: Stage) -> QWidget:
    sheets, backups = stage.desk.sheets, stage.desk.backups
    lost = sheets.new_desk_sheet("Gwen Pugh")
    stage.clock.move_on(1)
    backups.make(stage.desk._file.path.with_name("by hand.rapport-backup"))
    sheets.retire(lost.number)
    return stage.run("sheets")


_MOTHER = RelatedPerson(id=new_id(), name="Angharad Wyn", relation="mother", authority=Authority.PARENTAL)

RECEPTION = (
    Scene(name="today", who=ANA, show=_command("today"), screen="today"),
    Scene(name="today-promised-folded", who=ANA, show=_promised_folded),
    Scene(name="today-earlier-unfolded", who=ANA, show=_earlier_unfolded),
    Scene(name="today-other-day", who=ANA, show=_other_day),
    Scene(name="person-menu", who=ANA, show=_menu_of(lambda stage: stage.shell.bar.person)),
    Scene(name="person-menu-person", who=ANA, show=_part_of_menu(0)),
    Scene(name="card", who=ANA, show=_card(NIA), screen="card"),
    Scene(name="card-unfolded", who=ANA, show=_unfolded),
    Scene(name="card-not-asked", who=ANA, show=_card(NOT_ASKED)),
    Scene(name="card-said-no", who=ANA, show=_card("Sam Lee")),
    Scene(name="card-deceased", who=ANA, show=_card("Gareth Bevan")),
    Scene(name="card-long-name", who=ANA, show=_long_name),
    Scene(name="card-welsh-name", who=ANA, show=_card("Dilwyn ap Rhys-Bowen Llanfairpwllgwyngyll")),
    Scene(name="card-arabic-name", who=ANA, show=_card("Fatima Zahra Bensaïd")),
    Scene(name="card-hebrew-name", who=ANA, show=_card("רחל כהן")),
    Scene(name="card-namesake", who=ANA, show=_card("Margaret Hughes", born=1932)),
    Scene(name="search", who=ANA, show=_search("an"), screen="search"),
    Scene(name="search-namesakes", who=ANA, show=_search("Margaret Hughes", arrows=1)),
    Scene(name="search-nothing", who=ANA, show=_search("zzzz")),
    Scene(name="quick-line-hobby", who=ANA, show=_typed("“The leeks took second prize!”", NoteKind.HOBBY)),
    Scene(name="quick-line-please-dont", who=ANA, show=_typed("! Don't ring before ten #bereavement @Gwen")),
    Scene(name="quick-line-promise", who=ANA, show=_typed("promise: send the large print letter by 27 November")),
    Scene(name="quick-line-long", who=ANA, show=_typed(LONG_NOTE)),
    Scene(name="quick-line-kinds", who=ANA, show=_menu_of(_kinds_button)),
    Scene(name="line-chosen", who=ANA, show=_line_reached),
    Scene(name="consent", who=ANA, show=_ask(NOT_ASKED, "Likes to be called Marijo"), screen="consent"),
    Scene(name="consent-nothing-typed", who=ANA, show=_ask(CHILD)),
    Scene(name="consent-someone-else", who=ANA, show=_someone_else((_MOTHER,))),
    Scene(name="consent-nobody-to-decide", who=ANA, show=_someone_else(())),
    Scene(name="note-edit", who=ANA, show=_edit, screen="note-edit"),
    Scene(name="note-move", who=ANA, show=_move, screen="note-move"),
    Scene(name="history", who=ANA, show=_history, screen="history"),
    Scene(name="person-add", who=ANA, show=_command("person.add"), screen="person-add"),
    Scene(name="person-add-namesake", who=ANA, show=_add_namesake),
    Scene(name="person-add-refused", who=ANA, show=_add_refused),
    Scene(name="person-add-came-back", who=ANA, show=_came_back),
    Scene(name="person-edit", who=ANA, show=_command("person.edit", NIA), screen="person-edit"),
    Scene(name="topic", who=ANA, show=_command("topic", NIA), screen="topic"),
    Scene(name="topic-in-front-of", who=ANA, show=_topic_person),
    Scene(name="company", who=ANA, show=_command("company", NIA), screen="company"),
    Scene(name="slips", who=ANA, show=_command("slips"), screen="slips"),
    Scene(name="help", who=ANA, show=_command("help"), screen="help"),
    Scene(name="look", who=ANA, show=_command("look"), screen="look"),
    Scene(name="secret", who=ANA, show=_command("secret"), screen="secret"),
    Scene(name="about", who=ANA, show=_command("about"), screen="about"),
    Scene(name="message-undo", who=ANA, show=_said),
    Scene(name="message-problem", who=ANA, show=_went_wrong),
)

CLINICIAN = (
    Scene(name="brief", who=OSEI, show=_card(NIA)),
    Scene(name="brief-opened", who=OSEI, show=_opened_veil),
    Scene(name="brief-nothing-known", who=OSEI, show=_card(NOT_ASKED)),
    Scene(name="brief-long-name", who=OSEI, show=_long_name),
    Scene(name="brief-hebrew-name", who=OSEI, show=_card("רחל כהן")),
    Scene(name="clinician-card", who=OSEI, show=_card(NIA, panel="card")),
    Scene(name="clinician-search", who=OSEI, show=_search("leeks")),
    Scene(name="search-words", who=ANA, show=_search("hobby:le")),
    Scene(name="search-promises", who=ANA, show=_search("promised:open", arrows=1)),
    Scene(name="preview", who=OSEI, show=_command("print", NIA), screen="preview"),
)

MANAGER = (
    Scene(name="staff", who=BEN, show=_command("staff"), screen="staff"),
    Scene(name="staff-refused", who=BEN, show=_staff_refused),
    Scene(name="staff-remove", who=BEN, show=_remove),
    Scene(name="sheets", who=BEN, show=_command("sheets"), screen="sheets"),
    Scene(name="sheets-no-place", who=BEN, show=_no_place_for_its_backup),
    Scene(name="sheets-older", who=BEN, show=_older_sheet),
    Scene(name="sheets-new", who=BEN, show=_new_sheet),
    Scene(name="manager-menu", who=BEN, show=_menu_of(lambda stage: stage.shell.bar.person)),
    Scene(name="manager-menu-practice", who=BEN, show=_part_of_menu(-2)),
)
