"""The screens of one sign-in, and what each command does with them."""

import datetime as dt
from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtWidgets import QLineEdit, QWidget

from rapportdesk.language import _
from rapportdesk.model.consent_shown import Withdrawn
from rapportdesk.model.identity import PatientId
from rapportdesk.model.printout import Printout
from rapportdesk.model.staff import Role
from ui.asked.questions_dialog import QuestionsDialog
from ui.audit.who_looked import WhoLookedDialog
from ui.brief.brief import BriefScreen
from ui.brief.from_paper import FromPaperDialog
from ui.brief.preview import PreviewDialog
from ui.brief.session import SessionDialog
from ui.bring_in.join import JoinDialog
from ui.card.card import CardScreen, card_in_pieces
from ui.consents.consents_view import due_words
from ui.consents.history import ConsentsDialog
from ui.consents.lists import ConsentListsDialog
from ui.emergency.emergency import EmergencyDialog
from ui.emergency.emergency_view import waiting_words
from ui.explained.explained import ExplainedDialog
from ui.frame.company import CompanyDialog
from ui.frame.next_person import NextPerson
from ui.frame.nobody import choose_first
from ui.frame.panels import Panels
from ui.frame.promise_screens import PromiseScreens
from ui.frame.rights_screens import RightsScreens
from ui.frame.shell import Run, Screens, Shell
from ui.leaflets.leaflets import LeafletsDialog
from ui.person.died import DiedDialog
from ui.person.person import PersonDialog
from ui.pieces import InPieces, make_behind, polished
from ui.prints.prints_view import prints_waiting_words
from ui.promises.follow_up import FollowUpDialog
from ui.promises.tell import TellDialog
from ui.reach.call import CallDialog
from ui.reach.contacts import ContactsDialog
from ui.reach.message import MessageDialog
from ui.reach.round import RoundDialog
from ui.reach.templates import TemplatesDialog
from ui.screen import Screen, Tools
from ui.search.search import SearchScreen
from ui.today.before_they_come import BeforeTheyCome
from ui.today.late import LateDialog
from ui.today.rearrange import RearrangeDialog
from ui.today.today import TodayScreen
from ui.topic.topic import TopicDialog

_MakesDialog = Callable[
    [Tools, PatientId, QWidget],
    CompanyDialog
    | ConsentsDialog
    | ContactsDialog
    | DiedDialog
    | ExplainedDialog
    | EmergencyDialog
    | FollowUpDialog
    | JoinDialog
    | MessageDialog
    | PersonDialog
    | QuestionsDialog
    | TellDialog
    | TopicDialog,
]


class DeskScreens:
    """The screens of one sign-in and their commands.

    Args:
        tools: What the screens work with.
        shell: Where they stand.
        today: What is seen first.
        brief: Seen first beside it, by a clinician; nobody else has one.
    """

    def __init__(self, tools: Tools, shell: Shell, today: TodayScreen, brief: BriefScreen | None) -> None:
        self._tools, self._shell = tools, shell
        self.today, self.brief = today, brief
        self._next = NextPerson(tools, shell, self.today)
        self._making_card = False
        self._search_screen: SearchScreen | None = None
        makers = dict[str, Callable[[], Screen]]()
        if brief is not None:
            brief.next_wanted.connect(self._next.open)
            makers["brief"] = lambda: brief
        makers["card"] = lambda: self.card
        self._panels = Panels(makers)
        if brief is not None:
            self._panels.put("brief", brief)
        # The card is half of all widgets, and nobody sees it before they have seen Today.
        # Two turns of Qt's loop: the day is painted in the first.
        painted = partial(tools.work.between, shell, self._make_card)
        self.today.day_shown.connect(partial(tools.work.between, shell, painted))

    @property
    def card(self) -> CardScreen:
        """The card in its place, made when it is first wanted."""
        card = self._unplaced_card.whole()
        self._panels.put("card", card)
        return card

    @cached_property
    def _unplaced_card(self) -> InPieces[CardScreen]:
        return InPieces(card_in_pieces(self._tools, self._shell.body.main))

    def _make_card(self) -> None:
        """Make it and put it in its place, and hear between two pieces of it what was pressed."""
        if not self._making_card:
            self._making_card = True
            make_behind(self._tools.work, self._shell, self._unplaced_card, lambda _card: self._place_card())

    def _place_card(self) -> None:
        self._panels.make_all()
        make_behind(self._tools.work, self._shell, InPieces(polished(self.card)), lambda _done: self._rehearse())

    def _rehearse(self) -> None:
        if self._search_screen is not None:
            self._search_screen.rehearse()

    def screens(self) -> Screens:
        """Return them with what their commands do."""
        return Screens(
            today=self.today,
            panels=self._panels,
            mark_open=self.today.show_open,
            search=self._search,
            commands=self._commands(),
        )

    def _search(self, field: QLineEdit) -> Screen:
        search = self._search_screen = SearchScreen(self._tools, field, self._shell)
        self.today.letters_typed.connect(search.take)
        return search

    def _commands(self) -> dict[str, Run]:
        return {
            "note": self._write,
            "card": partial(self._turn_to, "card"),
            "consent": self._ask_for_consent,
            "company": self._ask_company,
            "person.add": self._add_person,
            "person.edit": self._edit_person,
            "person.died": self._say_died,
            "person.join": self._join_person,
            "topic": self._set_topic,
            "who-looked": self._who_looked,
            "consents": self._show_consents,
            "consent-lists": self._show_consent_lists,
            "erasures-due": self._look_for_erasures,
            "emergency": self._open_in_emergency,
            "emergencies-waiting": self._look_for_emergencies,
            "questions": self._ask_questions,
            "call": self._take_call,
            "contacts": self._show_contacts,
            "message": self._write_to_them,
            "round": self._go_round,
            "templates": self._put_words,
            "print": self._print,
            "slips": self._print_slips,
            "day-sheet": self._print_day_sheet,
            "print-session": self._print_session,
            "from-paper": self._enter_paper,
            "explained": self._explain,
            "leaflets": lambda: LeafletsDialog(self._tools, self._shell.window()).open(),
            "open-next": self._next.open,
            **PromiseScreens(self._tools, self._shell).commands(),
            **RightsScreens(self._tools, self._shell, self._leave_person).commands(),
            "follow-up": partial(self._about_person, FollowUpDialog),
            "tell": partial(self._about_person, TellDialog),
            "late": lambda: LateDialog(self._tools, self._shell.window()).open(),
            "before-they-come": self._before_they_come,
            "rearrange": self._rearrange,
        }

    def _leave_person(self) -> None:
        """Show nobody: nothing is left of who was open."""
        self.card.close_card()
        if self.brief is not None:
            self.brief.close_brief()
        self._shell.leave_person()
        self.today.refresh()

    def _write(self) -> None:
        if self._shell.panel is not self.card and self._shell.person is not None:
            self._turn_to("card")
        self.card.focus_quick_line()

    def _turn_to(self, panel: str) -> None:
        person = self._shell.person
        if person is not None:
            self._shell.open_person(person, panel)

    def _ask_for_consent(self) -> None:
        if self._shell.panel is not self.card:
            self._turn_to("card")
        self.card.ask_for_consent()

    def _ask_company(self) -> None:
        self._about_person(CompanyDialog)

    def _edit_person(self) -> None:
        self._about_person(PersonDialog)

    def _say_died(self) -> None:
        def make(tools: Tools, person: PatientId, window: QWidget) -> DiedDialog:
            made = DiedDialog(tools, person, window)
            made.person_wanted.connect(self._shell.open_person)
            return made

        self._about_person(make)

    def _join_person(self) -> None:
        self._about_person(JoinDialog)

    def _set_topic(self) -> None:
        chosen = self.card.chosen_line if self._shell.panel is self.card else None
        topic = chosen.line.topic if chosen is not None else None
        self._about_person(partial(TopicDialog, topic=topic))

    def _show_consents(self) -> None:
        self._about_person(ConsentsDialog)

    def _show_consent_lists(self) -> None:
        dialog = ConsentListsDialog(self._tools, self._shell.window())
        dialog.changed.connect(self._shell.refresh)
        dialog.person_wanted.connect(self._shell.open_person)
        dialog.open()

    def _look_for_erasures(self) -> None:
        """Tell a manager who comes in what is due to be erased: it is a promise that the practice made."""
        if Role.MANAGER in self._tools.viewer.roles:
            self._tools.work.submit(self._shell, self._tools.desk.erasures.listed, self._tell_of_erasures)

    def _tell_of_erasures(self, listed: tuple[Withdrawn, ...]) -> None:
        due = sum(each.due for each in listed)
        if due:
            self._tools.messages.offer(due_words(due), _("Look"), lambda: self._shell.run("consent-lists"))

    def _open_in_emergency(self) -> None:
        self._about_person(EmergencyDialog)

    def _look_for_emergencies(self) -> None:
        self._tools.work.submit(self._shell, self._tools.desk.emergency.waiting, self._tell_of_emergencies)

    def _tell_of_emergencies(self, waiting: int) -> None:
        if waiting:
            manager = Role.MANAGER in self._tools.viewer.roles
            self._tools.messages.offer(
                waiting_words(waiting, manager=manager), _("Look"), lambda: self._shell.run("emergencies")
            )
        else:
            left_over = partial(self._tools.desk.prints.to_destroy, of_earlier_days=True)
            self._tools.work.submit(self._shell, left_over, self._tell_of_paper)

    def _tell_of_paper(self, left_over: tuple[Printout, ...]) -> None:
        if left_over:
            words = prints_waiting_words(len(left_over))
            self._tools.messages.offer(words, _("Look"), lambda: self._shell.run("prints"))

    def _ask_questions(self) -> None:
        def make(tools: Tools, person: PatientId, window: QWidget) -> QuestionsDialog:
            made = QuestionsDialog(tools, person, window)
            made.command_wanted.connect(self._shell.run)
            return made

        self._about_person(make)

    def _before_they_come(self) -> None:
        dialog = BeforeTheyCome(self._tools, *self.today.shown_day, self._shell.window())
        dialog.person_wanted.connect(self._shell.open_person)
        dialog.open()

    def _rearrange(self) -> None:
        dialog = RearrangeDialog(self._tools, self._shell.window())
        dialog.person_wanted.connect(self._shell.open_person)
        dialog.changed.connect(self._shell.refresh)
        dialog.open()

    def _about_person(self, dialog: _MakesDialog) -> None:
        person = self._shell.person
        if person is None:
            self._tools.messages.problem(choose_first())
            return
        made = dialog(self._tools, person, self._shell.window())
        made.saved.connect(self._shell.refresh)
        made.open()

    def _show_contacts(self) -> None:
        def make(tools: Tools, person: PatientId, window: QWidget) -> ContactsDialog:
            made = ContactsDialog(tools, person, window)
            made.command_wanted.connect(self._shell.run)
            return made

        self._about_person(make)

    def _go_round(self) -> None:
        dialog = RoundDialog(self._tools, self._shell.window())
        dialog.saved.connect(self._shell.refresh)
        dialog.open()

    def _put_words(self) -> None:
        TemplatesDialog(self._tools, self._shell.window()).open()

    def _write_to_them(self) -> None:
        self._about_person(MessageDialog)

    def _take_call(self) -> None:
        dialog = CallDialog(self._tools, self._shell.window())
        dialog.saved.connect(self._shell.refresh)
        dialog.person_wanted.connect(self._shell.open_person)
        dialog.open()

    def _who_looked(self) -> None:
        person = self._shell.person
        if person is None:
            self._tools.messages.problem(choose_first())
        else:
            WhoLookedDialog(self._tools, person, self._shell.window()).open()

    def _add_person(self) -> None:
        dialog = PersonDialog(self._tools, None, self._shell.window())
        dialog.saved.connect(self._shell.open_person)
        dialog.saved.connect(self._shell.refresh)
        dialog.open()

    def _print(self) -> None:
        person, desk = self._shell.person, self._tools.desk
        if self.brief is None:
            self._print_slips()
        elif person is None:
            self._tools.messages.problem(choose_first())
        else:
            pages = partial(desk.paper.brief, person, on=self.brief.day)
            PreviewDialog(self._tools, pages, self._shell.window()).open()

    def _print_slips(self) -> None:
        PreviewDialog(self._tools, self._tools.desk.paper.desk_slip, self._shell.window()).open()

    def _print_day_sheet(self) -> None:
        PreviewDialog(self._tools, self._tools.desk.paper.day_sheet, self._shell.window()).open()

    def _print_session(self) -> None:
        dialog = SessionDialog(self._tools, self._shell.window())
        dialog.read_wanted.connect(self._read_session)
        dialog.open()

    def _read_session(self, date: dt.date, practitioner: str, first: str) -> None:
        self.today.turn_to(date, practitioner)
        self._shell.open_person(first)

    def _explain(self) -> None:
        def make(tools: Tools, person: PatientId, window: QWidget) -> ExplainedDialog:
            made = ExplainedDialog(tools, person, window)
            made.command_wanted.connect(self._shell.run)
            return made

        self._about_person(make)

    def _enter_paper(self) -> None:
        whose = self._tools.viewer.name if self.brief is not None else ""
        dialog = FromPaperDialog(self._tools, self._shell.window(), practitioner=whose)
        dialog.saved.connect(self._shell.refresh)
        dialog.open()
