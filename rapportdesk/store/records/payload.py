"""A thing becomes bytes and the same thing again; the kind is inside, and the form carries a version.

JSON: {"kind": ..., "v": 1, "data": ...}. Half characters (lone surrogates), which a file may bring in, come back as
they were. What has its default is left out, which halves the file, and fields added later take theirs when older bytes
are read: so a default, once there, is for ever (a test holds them).
"""

import json
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.audit import AuditEvent
from rapportdesk.model.brief_read import BriefRead
from rapportdesk.model.common_ground import OwnInterests
from rapportdesk.model.communication import Communication
from rapportdesk.model.company import Companions
from rapportdesk.model.consent import ConsentEvent
from rapportdesk.model.consent_form import ConsentForm
from rapportdesk.model.draft import Draft, FormDraft
from rapportdesk.model.emergency import EmergencyAccess
from rapportdesk.model.identity_change import IdentityChange
from rapportdesk.model.joined import Joined
from rapportdesk.model.leaflet import Leaflet
from rapportdesk.model.note import Note
from rapportdesk.model.patient import Patient
from rapportdesk.model.question import QuestionAsked
from rapportdesk.model.read_marks import ReadMarks
from rapportdesk.model.rights import RightsEvent
from rapportdesk.model.task import Task
from rapportdesk.model.topic import TopicPermission
from rapportdesk.store.file.location import newer
from rapportdesk.store.manifest.anchored import Anchored
from rapportdesk.store.setting import Setting
from rapportdesk.vault.faults import tampered

Thing = (
    Note
    | ConsentEvent
    | ConsentForm
    | TopicPermission
    | QuestionAsked
    | Companions
    | Communication
    | Task
    | Appointment
    | Draft
    | FormDraft
    | EmergencyAccess
    | ReadMarks
    | OwnInterests
    | BriefRead
    | Leaflet
    | Joined
    | RightsEvent
    | IdentityChange
)
"""What is kept about a patient beside the identity; a form's draft may be about somebody who is still being added."""

VERSION: Final = 1

KINDS: Final[dict[str, type[Any]]] = {
    "note": Note,
    "consent": ConsentEvent,
    "topic": TopicPermission,
    "task": Task,
    "appointment": Appointment,
    "draft": Draft,
    "form": FormDraft,
    "emergency": EmergencyAccess,
    "read-marks": ReadMarks,
    "brief-read": BriefRead,
    "leaflet": Leaflet,
    "question": QuestionAsked,
    "companions": Companions,
    "communication": Communication,
    "patient": Patient,
    "audit": AuditEvent,
    "anchor": Anchored,
    "setting": Setting,
    "consent-form": ConsentForm,
    "interests": OwnInterests,
    "joined": Joined,
    "rights": RightsEvent,
    "identity-change": IdentityChange,
}
"""Names are for ever: they stand inside every sealed record."""

_NAMES: Final = {model: name for name, model in KINDS.items()}
_JSON: Final = json.JSONEncoder(separators=(",", ":"))
_ADAPTERS: Final = {name: TypeAdapter[Any](model) for name, model in KINDS.items()}


def encode(thing: Any) -> bytes:
    """Return the thing's bytes.

    Raises:
        KeyError: It is none of `KINDS`.
    """
    name = _NAMES[type(thing)]
    data = _ADAPTERS[name].dump_python(thing, mode="json", exclude_defaults=True)
    return _JSON.encode({"kind": name, "v": VERSION, "data": data}).encode("ascii")


def decode(content: bytes) -> Any:
    """Return the thing that `encode` was given.

    Raises:
        NewerFormat: A later version of the program wrote it.
        Tampered: It is nothing that the program writes.
    """
    try:
        held = json.loads(content)
        name, version, data = held["kind"], held["v"], held["data"]
        if type(version) is not int or version < 1:
            raise tampered()
        if version > VERSION or name not in _ADAPTERS:
            raise newer()
        return _ADAPTERS[name].validate_python(data)
    except (ValueError, KeyError, TypeError, RecursionError, ValidationError):
        raise tampered() from None
