"""What was done, in the words in which one would tell the patient who asks: what happened, and never what it said."""

import re

from rapportdesk.language import _, ngettext
from rapportdesk.model.audit import AuditAction, AuditEvent, PurposeOfUse

_COUNTED_FILES = re.compile(r"(\d+) files")


def action_words(action: AuditAction) -> str:
    """Return what was done: "looked at the card"."""
    return {
        AuditAction.VAULT_CREATED: _("began this desk"),
        AuditAction.SIGN_IN: _("signed in"),
        AuditAction.SIGN_IN_FAILED: _("a wrong secret was typed"),
        AuditAction.LOCK: _("locked"),
        AuditAction.CARD_VIEWED: _("looked at the card"),
        AuditAction.HISTORY_VIEWED: _("looked at what was written before"),
        AuditAction.OPENED_FROM_SEARCH: _("found them by searching"),
        AuditAction.SEARCHED: _("listed them among what a search found"),
        AuditAction.BRIEF_READ: _("read the brief"),
        AuditAction.PREVIEWED: _("looked at a page before printing it"),
        AuditAction.BRIEF_PRINTED: _("printed the brief"),
        AuditAction.DESK_SLIP_PRINTED: _("printed the desk slip"),
        AuditAction.REVEALED: _("opened what waits for a moment alone"),
        AuditAction.EMERGENCY_ACCESS: _("opened what had not been shared, as an emergency"),
        AuditAction.EMERGENCY_CLOSED: _("closed what had been opened as an emergency"),
        AuditAction.EMERGENCY_REVIEWED: _("reviewed an emergency opening"),
        AuditAction.COMPANY_SET: _("said who is with them"),
        AuditAction.PERSON_CHANGED: _("changed the details"),
        AuditAction.NOTE_WRITTEN: _("wrote a note"),
        AuditAction.NOTE_CHANGED: _("changed a note"),
        AuditAction.CONSENT_RECORDED: _("recorded what was agreed to"),
        AuditAction.RIGHTS_RECORDED: _("recorded what was asked about their data"),
        AuditAction.TOPIC_SET: _("recorded what may be talked about"),
        AuditAction.TASK_CHANGED: _("changed a promise"),
        AuditAction.APPOINTMENT_CHANGED: _("changed a visit"),
        AuditAction.CONTACT_LOGGED: _("wrote down a call or a message"),
        AuditAction.IMPORTED: _("brought in data from another system"),
        AuditAction.EXPORTED: _("made a copy to take out"),
        AuditAction.ERASED: _("erased what was kept"),
        AuditAction.STAFF_CHANGED: _("changed who works here"),
        AuditAction.PRACTICE_CHANGED: _("changed the practice's settings"),
        AuditAction.KEY_OPERATION: _("changed a lock or a passphrase"),
        AuditAction.RECOVERED: _("used a recovery sheet"),
        AuditAction.BACKED_UP: _("made a backup"),
        AuditAction.RESTORED: _("restored a backup"),
        AuditAction.VERIFIED: _("checked everything that is kept"),
        AuditAction.REFUSED: _("tried what their role does not include"),
        AuditAction.AUDIT_READ: _("looked at who looked"),
        AuditAction.AUDIT_PRINTED: _("printed who looked"),
        AuditAction.PRINTS_DESTROYED: _("ticked paper off as destroyed"),
        AuditAction.AUDIT_TRIMMED: _("took lines off the record that are past their time"),
    }.get(action, str(action))


def words_of(event: AuditEvent) -> str:
    """Return what one line tells: the action, said more closely where the reason tells more."""
    match event.action, event.why:
        case AuditAction.PERSON_CHANGED, "asked":
            return _("recorded what they were asked")
        case AuditAction.PERSON_CHANGED, "added":
            return _("added them to the desk")
        case AuditAction.TASK_CHANGED, "told":
            return _("told the clinicians about them")
        case AuditAction.TASK_CHANGED, "read":
            return _("read what was told about them")
        case AuditAction.STAFF_CHANGED, "added":
            return _("let a colleague in")
        case AuditAction.STAFF_CHANGED, "removed":
            return _("took a colleague's access away")
        case AuditAction.STAFF_CHANGED, "secret reset":
            return _("gave a colleague a new passphrase")
        case AuditAction.STAFF_CHANGED, "admitted to clinicians":
            return _("admitted a colleague to what is for clinicians")
        case AuditAction.KEY_OPERATION, "own secret changed":
            return _("changed their own passphrase")
        case AuditAction.SIGN_IN_FAILED, why:
            return _refused(why, event.count)
        case AuditAction.AUDIT_TRIMMED, _why:
            words = ngettext(
                "took {n} line off the record that is past its time",
                "took {n} lines off the record that are past their time",
                event.count,
            )
            return words.format(n=event.count)
        case AuditAction.IMPORTED, why if found := _COUNTED_FILES.fullmatch(why):
            count = int(found[1])
            return ngettext("brought in {n} file", "brought in {n} files", count).format(n=count)
    return action_words(event.action)


def _refused(why: str, count: int) -> str:
    """Return who was not let in, and how often in a row; `why` is a refusal as the door counts it."""
    words = {
        "too early": ngettext(
            "a secret was tried before the wait was over", "a secret was tried {n} times before the wait was over",
            count,
        ),
        "access ended": ngettext(
            "was not let in, because their time here has ended",
            "was not let in {n} times, because their time here has ended", count,
        ),
        "nobody of that id": ngettext(
            "somebody who no longer works here was not let in",
            "somebody who no longer works here was not let in, {n} times", count,
        ),
        "keys changed from outside": ngettext(
            "was not let in, because their way in was changed from outside",
            "was not let in {n} times, because their way in was changed from outside", count,
        ),
        "recovery code": ngettext(
            "a recovery code that opens nothing was typed", "a recovery code that opens nothing was typed {n} times",
            count,
        ),
    }  # fmt: skip
    wrong = ngettext("a wrong secret was typed", "a wrong secret was typed {n} times", count)
    return words.get(why.removesuffix(" without a key"), wrong).format(n=count)


def is_emergency(event: AuditEvent) -> bool:
    """Return whether the glass was broken."""
    return event.purpose is PurposeOfUse.BREAK_THE_GLASS or event.why.split(" ")[0] == PurposeOfUse.BREAK_THE_GLASS


def why_words(event: AuditEvent) -> str:
    """Return what for, in words; empty where that was not recorded."""
    if is_emergency(event):
        return _("emergency access")
    match event.purpose:
        case PurposeOfUse.TREATMENT:
            return _("for treatment")
        case PurposeOfUse.OPERATIONS:
            return _("for the work at the desk")
        case PurposeOfUse.PATIENT_REQUEST:
            return _("because the patient asked")
    return ""
