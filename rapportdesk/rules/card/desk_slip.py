"""One row of the desk slip, which lies open at the counter: nothing on it says who somebody is or what they have.

Only what reception may see of boundaries, adjustments, greetings, comfort and promises goes in, whoever prints it. A
name that was typed into one of them is taken out again: the patient's own is printed as initials.
"""

import datetime as dt
import re
from collections.abc import Iterable

from rapportdesk.model.names import initials
from rapportdesk.model.note import NoteKind, PreferenceArea
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import DeskSlipRow
from rapportdesk.model.task import TaskCode
from rapportdesk.rules.visibility import Seen

_COMFORT = frozenset({PreferenceArea.ENVIRONMENT, PreferenceArea.WAITING})


def desk_slip_row(patient: Patient, seen: Seen, start: dt.datetime) -> DeskSlipRow:
    """Return the row for one visit; of somebody who has died it says when and who, and nothing to greet or promise.

    Args:
        patient: Who comes.
        seen: What reception may be shown of them, companions unknown.
        start: The visit's beginning in the practice's zone.
    """
    if patient.deceased:
        return DeskSlipRow(time=start.time(), initials=initials(patient.name), number_ending=_number_ending(patient))
    # What the patient calls wrong is left to the card, where that can be said beside it.
    usable = [each for each in seen.notes if not each.disputed]
    notes = [each.note for each in usable if not each.note.topic and not each.note.about_person]
    greeting = [note.text for note in notes if note.preference_area is PreferenceArea.GREETING]
    comfort = [
        note.text
        for note in notes
        if note.kind is NoteKind.ADJUSTMENT or note.preference_area in _COMFORT or note.kind is NoteKind.PLEASE_DO
    ]
    return DeskSlipRow(
        time=start.time(),
        initials=initials(patient.name),
        number_ending=_number_ending(patient),
        greeting=_nameless("; ".join(greeting), patient),
        comfort=_nameless("; ".join(comfort), patient),
        promises=tuple(
            _nameless(task.text, patient) for task in seen.tasks if not task.topic and task.code is TaskCode.PROMISE
        ),
    )


def _number_ending(patient: Patient) -> str:
    return patient.identifiers[0].value[-3:] if patient.identifiers else ""


def _nameless(text: str, patient: Patient) -> str:
    """Return `text` with initials for every part of the patient's names, and a gap for those of related persons."""
    own = (patient.name, patient.preferred_name, patient.own_script_name, *patient.former_names)
    text = _without(text, own, initials(patient.name))
    return _without(text, (person.name for person in patient.people), "…")


def _without(text: str, names: Iterable[str], instead: str) -> str:
    parts = {part for name in names for part in (name, *name.split()) if len(part) > 1}
    for part in sorted(parts, key=len, reverse=True):
        # Latin names end where words do; other scripts may set no space between a name and what follows it
        word = rf"(?<!\w){re.escape(part)}(?!\w)" if part.isascii() else re.escape(part)
        text = re.sub(word, lambda _found: instead, text, flags=re.IGNORECASE)
    return text
