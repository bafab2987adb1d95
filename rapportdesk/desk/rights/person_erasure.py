"""One person is erased whole, by a manager, and it is done when this says so.

Record, tombstones and what search knew go in one commit; the file's log is emptied before anything is said; the ids go
beside every backup. What stays is the record of who looked, with a random id, and a line that says when and why.
"""

from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import replace

from pydantic import TypeAdapter

from rapportdesk.desk.backup.copies_left import copies_left
from rapportdesk.desk.backup.erased_lists import tell_every_folder, will_tell
from rapportdesk.desk.bring_in.import_told import forget_told
from rapportdesk.desk.bring_in.review_list import keep_review, read_review, without_patient
from rapportdesk.desk.keys.keyholding import left_with_clinicians_keys
from rapportdesk.desk.keys.leaving import replace_vault_key
from rapportdesk.desk.note.text import clean_line
from rapportdesk.desk.rights.erasure import forget_waiting
from rapportdesk.desk.session import Session
from rapportdesk.desk.sheets.sheets import SheetCode, Sheets
from rapportdesk.errors import BadInput, NotAllowed, NotFound, VaultFault
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.erasure import Erased
from rapportdesk.model.identity import PatientId
from rapportdesk.model.names import fold
from rapportdesk.model.patient import Patient
from rapportdesk.model.staff import Role
from rapportdesk.paper.erasure_certificate import typeset_certificate
from rapportdesk.paper.press import Printed, new_serial
from rapportdesk.rules.rights.rights_state import legal_hold
from rapportdesk.steps import in_one_go
from rapportdesk.store.file.vault_file import VaultFile

LONGEST_REASON = 200
_SETTING = "erasures"
_FORM: TypeAdapter[tuple[Erased, ...]] = TypeAdapter(tuple[Erased, ...])
_SHORTEST_NAME = 3
"""Letters of a part of a name: a shorter one stands in other words too."""


class PersonErasure:
    """Erasing somebody altogether."""

    def __init__(
        self, session: Callable[[], Session], file: VaultFile, sheets: Sheets, clinic_name: Callable[[], str]
    ) -> None:
        self._session = session
        self._file = file
        self._sheets = sheets
        self._clinic_name = clinic_name

    def refusal(self, patient_id: PatientId) -> str:
        """Return why somebody may not be erased now; empty when they may.

        Raises:
            NotAllowed: The signed-in person is no manager.
            NotFound: There is no such person.
        """
        session = self._session()
        session.require(Role.MANAGER)
        hold = legal_hold(session.known(patient_id).rights, session.day_for_erasing())
        if hold is None:
            return ""
        return _("This has to be kept by law: {reason}").format(reason=hold.reason)

    def erase(self, patient_id: PatientId, reason: str) -> tuple[Erased, Printed]:
        """Erase everything about a person; when this returns, it is nowhere in the file's bytes.

        Args:
            patient_id: Whom.
            reason: Why, in a few words that do not name them: it is kept.

        Returns:
            What is remembered of it, and the certificate for the person to take along.

        Raises:
            BadInput: There is no reason, or it names them.
            NotAllowed: A legal hold forbids it; or the signed-in person is no manager.
            NotFound: There is no such person.
            VaultFault: It is erased, and the computer does not let the file's log be emptied yet.
        """
        patient, made = self._erase(patient_id, reason)
        return made, self._certificate(patient, made)

    def require(self, patient_id: PatientId, reason: str) -> None:
        """Return only if somebody may be erased for this reason now; raises as `erase`, and erases nothing."""
        refused = self.refusal(patient_id)
        patient = self._session().store.patient(patient_id)
        if refused:
            raise NotAllowed(refused, _("A manager lifts that first, when it is over."))
        _checked(reason, patient)

    def erase_certified(self, patient_id: PatientId, reason: str) -> tuple[Erased, Printed, SheetCode]:
        """Make a new sheet for the desk, and do as `erase_certified_in_steps` with it, in one go.

        Returns:
            As `erase`, with the new recovery sheet's code, which is kept nowhere.

        Raises:
            RapportError: As `erase`.
        """
        self.require(patient_id, reason)
        code = self._sheets.new_desk_sheet()
        made, pages = in_one_go(self.erase_certified_in_steps(patient_id, reason, code.number))
        return made, pages, code

    def erase_certified_in_steps(
        self, patient_id: PatientId, reason: str, sheet: int
    ) -> Generator[tuple[int, int], None, tuple[Erased, Printed]]:
        """Do as `erase`, then replace the keys and have the desk's other sheets open nothing, and write the file anew.

        Others may work between two steps. Whoever is cut off has erased the person all the same, and the patients' keys
        go on being replaced in the background. Backups made before open with the old sheets' codes still, until they
        are let go of. The clinicians' keys are replaced when the next of them signs in: their sheet is theirs to
        replace, and its code opens nothing without a key of the desk's.

        Args:
            patient_id: Whom.
            reason: As for `erase`.
            sheet: The number of the desk's sheet that stays: one whose code is new, and on paper.

        Yields:
            How much is moved under the new key, and of how much.

        Raises:
            NotFound: As `erase`, or the desk has no such sheet.
            RapportError: As `erase`.
        """
        session = self._session()
        desk_sheets = [each for each in self._file.sheets() if each.kind == "desk"]
        former = tuple(each for each in desk_sheets if each.number != sheet)
        if len(former) == len(desk_sheets):
            raise NotFound(_("There is no sheet of that number."))
        patient, made = self._erase(patient_id, reason)
        left_with_clinicians_keys(session.store, self._file)
        replace_vault_key(session, self._file, sheets=former, why="vault key replaced")
        yield from session.store.move_to_new_key_in_steps()
        self._file.compact()
        self._out_of_the_bytes(session)
        made = replace(made, certified=True, sheet=sheet)
        _keep(session, tuple(made if each.patient == made.patient else each for each in _read(session)))
        return made, self._certificate(patient, made)

    def done(self) -> tuple[Erased, ...]:
        """Return every erasure, newest first.

        Raises:
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        return tuple(reversed(_read(session)))

    def _erase(self, patient_id: PatientId, reason: str) -> tuple[Patient, Erased]:
        session = self._session()
        refused = self.refusal(patient_id)
        patient = session.store.patient(patient_id)
        if refused:
            session.record(AuditAction.REFUSED, patient.id, why="legal hold")
            raise NotAllowed(refused, _("A manager lifts that first, when it is over."))
        made = Erased(
            patient=patient.id, erased_at=session.now(), by_name=session.viewer.name, reason=_checked(reason, patient),
        )  # fmt: skip
        parts = session.store.parts(patient.id)
        session.store.make_room()  # as for what was taken back: a full disk must not keep anybody from being erased
        with session.transaction():
            session.store.delete_patient(patient.id)
            will_tell(session.store)
            for part in parts:
                _forget(session, part)
            left = copies_left(session.store, self._file)
            made = replace(made, backups_until=left.until, by_hand=left.by_hand)
            _keep(session, (*_read(session), made))
            session.record(AuditAction.ERASED, patient.id, why="everything")
            session.cannot_undo()
            session.index_follows(*parts)
        self._out_of_the_bytes(session)
        unreached = tell_every_folder(session, self._file)
        if unreached:
            made = replace(made, unreached=unreached)
            _keep(session, (*_read(session)[:-1], made))
        return patient, made

    def _out_of_the_bytes(self, session: Session) -> None:
        try:
            session.leave_no_words()
            session.store.checkpoint()
        except VaultFault:
            raise VaultFault(
                _("They are erased, but the computer still holds the last bytes of it."),
                _("Close RapportDesk and open it again: then they are gone."),
            ) from None

    def _certificate(self, patient: Patient, made: Erased) -> Printed:
        return typeset_certificate(
            made, patient, serial=new_serial(), printed_at=self._session().local_now(), clinic_name=self._clinic_name()
        )


def _checked(reason: str, patient: Patient) -> str:
    words = clean_line(reason)
    if not words:
        raise BadInput(_("Say in a few words why."), _("The reason is kept, so it does not name them."))
    if len(words) > LONGEST_REASON:
        raise BadInput(_("That is too long: {most} letters are the most.").format(most=LONGEST_REASON))
    names = (patient.name, patient.preferred_name, patient.own_script_name, *patient.former_names)
    parts = {part for name in names for part in fold(name).split() if len(part) >= _SHORTEST_NAME}
    numbers = {fold(each.value) for each in patient.identifiers if each.value}
    said = fold(words)
    if parts & set(said.split()) or any(number in said.split() for number in numbers):
        raise BadInput(_("The reason names them."), _("It is kept after they are erased: say it without their name."))
    return words


def _forget(session: Session, patient: PatientId) -> None:
    """Take out what the practice's own lists know of somebody, and what this sign-in remembers."""
    forget_waiting(session, patient)
    forget_told(session, patient)
    review = read_review(session.store)
    without = without_patient(review, patient)
    if without != review:
        keep_review(session.store, without)
    for remembered in (session.company, session.opened, session.new):
        remembered.pop(patient, None)
    session.emergency.discard(patient)
    with suppress(ValueError):
        session.recent.remove(patient)


def _read(session: Session) -> tuple[Erased, ...]:
    kept = session.store.setting(_SETTING)
    return () if kept is None else _FORM.validate_json(kept)


def _keep(session: Session, erased: tuple[Erased, ...]) -> None:
    session.store.put_setting(_SETTING, _FORM.dump_json(erased).decode())
