"""One row of the desk slip, which lies open at the counter: nothing on it says who somebody is or what they have.

Only what reception may see of boundaries, adjustments, greetings, comfort and promises goes in, whoever prints it.
"""

import datetime as dt

from rapportdesk.model.names import initials
from rapportdesk.model.note import NoteKind, PreferenceArea
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import DeskSlipRow
from rapportdesk.rules.visibility import Seen

_COMFORT = frozenset({PreferenceArea.ENVIRONMENT, PreferenceArea.WAITING})


def desk_slip_row(patient: Patient, seen: Seen, start: dt.datetime) -> DeskSlipRow:
    """Return the row for one visit.

    Args:
        patient: Who comes.
        seen: What reception may be shown of them, companions unknown.
        start: The visit's beginning in the practice's zone.
    """
    notes = [each.note for each in seen.notes if not each.note.topic and not each.note.about_person]
    greeting = [note.text for note in notes if note.preference_area is PreferenceArea.GREETING]
    comfort = [
        note.text
        for note in notes
        if note.kind is NoteKind.ADJUSTMENT or note.preference_area in _COMFORT or note.kind is NoteKind.PLEASE_DO
    ]
    return DeskSlipRow(
        time=start.time(),
        initials=initials(patient.name),
        number_ending=patient.identifiers[0].value[-3:] if patient.identifiers else "",
        greeting="; ".join(greeting),
        comfort="; ".join(comfort),
        promises=tuple(task.text for task in seen.tasks),
    )
