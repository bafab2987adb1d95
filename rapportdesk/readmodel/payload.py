"""What a list shows is kept whole beside its row, so that listing a day opens nothing else.

JSON in ASCII, so that half characters (lone surrogates) come back as they were. Nothing older is ever read: an index of
another version is made anew.
"""

import json
from typing import Any, Final

from pydantic import TypeAdapter

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.task import Task

_APPOINTMENT: Final = TypeAdapter(Appointment)
_TASK: Final = TypeAdapter(Task)


def packed(thing: Appointment | Task) -> bytes:
    """Return the thing's bytes."""
    adapter: TypeAdapter[Any] = _APPOINTMENT if isinstance(thing, Appointment) else _TASK
    return json.dumps(adapter.dump_python(thing, mode="json"), separators=(",", ":")).encode("ascii")


def appointment_from(payload: bytes) -> Appointment:
    """Return the appointment of a row."""
    return _APPOINTMENT.validate_python(json.loads(payload))


def task_from(payload: bytes) -> Task:
    """Return the task of a row."""
    return _TASK.validate_python(json.loads(payload))
