"""What can be done stands under one noun each, and every one of them works with whoever is signed in at that moment."""

from collections.abc import Callable
from dataclasses import dataclass

from rapportdesk.desk.audit import Audit
from rapportdesk.desk.backup.backups import Backups
from rapportdesk.desk.brief.briefs import Briefs
from rapportdesk.desk.brief.explained import ExplainedNotes
from rapportdesk.desk.brief.from_paper import FromPaper
from rapportdesk.desk.brief.printing import Paper
from rapportdesk.desk.brief.prints import Prints
from rapportdesk.desk.bring_in.imports import Imports
from rapportdesk.desk.bring_in.merging import Merging
from rapportdesk.desk.bring_in.review import Review
from rapportdesk.desk.bring_in.watched_folder import WatchedFolder
from rapportdesk.desk.consent.consent_forms import ConsentForms
from rapportdesk.desk.consent.consent_history import ConsentHistories
from rapportdesk.desk.consent.consent_sheets import ConsentSheets
from rapportdesk.desk.consent.consents import Consents
from rapportdesk.desk.note.drafts import Drafts
from rapportdesk.desk.note.notes import Notes
from rapportdesk.desk.note.topics import Topics
from rapportdesk.desk.note.wording import Wording
from rapportdesk.desk.people.common_ground import CommonGround
from rapportdesk.desk.people.deceased import Deceased
from rapportdesk.desk.people.emergency import Emergency
from rapportdesk.desk.people.people import People
from rapportdesk.desk.people.questions import Questions
from rapportdesk.desk.practice import Practice
from rapportdesk.desk.promises.follow_ups import FollowUps
from rapportdesk.desk.promises.reminders import Reminders
from rapportdesk.desk.promises.tasks import Tasks
from rapportdesk.desk.reach.calls import Calls
from rapportdesk.desk.reach.feedback import Feedback
from rapportdesk.desk.reach.leaflets import Leaflets
from rapportdesk.desk.reach.message_templates import MessageTemplates
from rapportdesk.desk.reach.messages import Messages
from rapportdesk.desk.reach.plain_words import PlainWords
from rapportdesk.desk.reach.rounds import Rounds
from rapportdesk.desk.rights.access_requests import AccessRequests
from rapportdesk.desk.rights.accountability import Accountability
from rapportdesk.desk.rights.erasure import Erasures
from rapportdesk.desk.rights.patient_files import PatientFiles
from rapportdesk.desk.rights.person_erasure import PersonErasure
from rapportdesk.desk.rights.retention import Retention
from rapportdesk.desk.rights.rights import Rights
from rapportdesk.desk.search.search import Search
from rapportdesk.desk.session import Session
from rapportdesk.desk.sheets.sheet_renewal import SheetRenewal
from rapportdesk.desk.sheets.sheets import Sheets
from rapportdesk.desk.staff import Staff
from rapportdesk.desk.today.rearranging import Rearranging
from rapportdesk.desk.today.today import Today
from rapportdesk.desk.today.workstation import Workstation
from rapportdesk.model.identity import PatientId
from rapportdesk.model.staff import Practitioner, Role
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.vault.kdf import Argon2idParameters


@dataclass(frozen=True, slots=True, kw_only=True)
class InOneDesk:
    """What the nouns of one desk share.

    Attributes:
        session: The sign-in; raises `NotSignedIn` while there is none.
        signed_in: The same, also for somebody who has to choose a secret of their own first.
        refresh: Brings search and lists up to date with one patient.
        door: Who may sign in.
        clinic_name: The practice's name.
        cost: Argon2id's parameters for new secrets; None for the usual ones.
        file: The vault.
    """

    session: Callable[[], Session]
    signed_in: Callable[[], Session]
    refresh: Callable[[PatientId], None]
    door: Callable[[], tuple[Practitioner, ...]]
    clinic_name: Callable[[], str]
    cost: Callable[[], Argon2idParameters | None]
    file: VaultFile

    def colleagues(self) -> tuple[str, ...]:
        """Return the names of everybody who works here."""
        return tuple(person.name for person in self.door())

    def clinicians(self) -> tuple[str, ...]:
        """Return the names of every clinician."""
        return tuple(person.name for person in self.door() if Role.CLINICIAN in person.roles)


class Nouns:
    """One attribute for each noun; their methods raise `NotSignedIn` until somebody signs in."""

    def __init__(self, desk: InOneDesk) -> None:
        session, refresh = desk.session, desk.refresh
        self.drafts = Drafts(session)
        self.topics = Topics(session, refresh)
        self.tasks = Tasks(session, refresh, self.topics, desk.colleagues)
        self.follow_ups = FollowUps(session, refresh, desk.clinicians)
        self.consents = Consents(session, refresh)
        self.people = People(session, refresh, self.consents)
        self.notes = Notes(session, refresh, self.topics, self.tasks, self.drafts, desk.colleagues)
        self.deceased = Deceased(session, refresh, self.people)
        self.questions = Questions(session, self.people, self.notes)
        self.today = Today(session)
        self.rearranging = Rearranging(session, refresh, self.today)
        self.search = Search(session, self.today)
        self.briefs = Briefs(session, self.today)
        self.leaflets = Leaflets(session)
        self.plain_words = PlainWords(session)
        self.explained = ExplainedNotes(session, self.notes, self.leaflets)
        self.from_paper = FromPaper(session, self.today, self.notes, self.drafts)
        self.audit = Audit(session)
        self.paper = Paper(session, self.briefs, self.today, self.audit, desk.clinic_name)
        self.staff = Staff(session, desk.signed_in, desk.file, desk.cost)
        self.sheets = Sheets(session, desk.file)
        self.backups = Backups(session, desk.file)
        self.sheet_renewal = SheetRenewal(session, self.sheets, self.backups)
        self.workstation = Workstation(session, desk.file.path)
        self.retention = Retention(session, desk.file)
        self.reminders = Reminders(session, self.staff, self.sheets, self.backups, self.workstation, self.retention)
        self.imports = Imports(session)
        self.watched_folder = WatchedFolder(session, self.imports)
        self.merging = Merging(session, refresh)
        self.review = Review(session, refresh, self.merging)
        self.practice = Practice(session)
        self.prints = Prints(session)
        self.person_erasure = PersonErasure(session, desk.file, self.sheets, desk.clinic_name)
        self.access_requests = AccessRequests(session)
        self.rights = Rights(session, refresh, self.notes, desk.file)
        self.accountability = Accountability(session, desk.file, desk.door, self.backups.status, desk.clinic_name)
        self.patient_files = PatientFiles(session, refresh, desk.clinic_name)
        self.calls = Calls(session)
        self.message_templates = MessageTemplates(session)
        self.messages = Messages(session, self.message_templates, desk.clinic_name)
        self.rounds = Rounds(session, self.today, self.messages)
        self.emergency = Emergency(session, self.staff, desk.file)
        self.erasures = Erasures(session, refresh, desk.file)
        self.consent_forms = ConsentForms(session)
        self.consent_sheets = ConsentSheets(session, desk.clinic_name)
        self.feedback = Feedback(session, self.notes, self.tasks)
        self.wording = Wording(session)
        self.common_ground = CommonGround(session)
        self.consent_histories = ConsentHistories(session, self.consent_forms, self.erasures)
