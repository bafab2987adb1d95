"""The people who work here and what their roles let them do.

Named tuples: the window lists people before it imports anything else, and importing `dataclasses` would hold it up.
"""

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from rapportdesk.model.identity import StaffId


class Role(StrEnum):
    """A manager may also be one of the others."""

    RECEPTION = "reception"
    CLINICIAN = "clinician"
    MANAGER = "manager"


class SecretKind(StrEnum):
    """A PIN (six or more digits, reception only) resists colleagues, not a thief with the computer's account."""

    PASSPHRASE = "passphrase"  # noqa: S105  # the kind's name, not a secret
    PIN = "pin"


class Practitioner(NamedTuple):
    """One member of staff (FHIR R4 Practitioner) as the desk lists them.

    Attributes:
        holds_clinicians_keys: False for a clinician who still waits for a colleague to admit them.
        must_change_secret: They were given a one-time secret and choose their own at the next sign-in.
    """

    id: StaffId
    name: str
    roles: frozenset[Role]
    ends_on: dt.date | None = None
    holds_clinicians_keys: bool = False
    must_change_secret: bool = False
    secret_kind: SecretKind = SecretKind.PASSPHRASE


class Viewer(NamedTuple):
    """Who is looking: all that the visibility rule may know of them."""

    staff: StaffId
    name: str
    roles: frozenset[Role]

    @property
    def is_clinician(self) -> bool:
        """Whether the viewer is seen as a clinician by the visibility rule."""
        return Role.CLINICIAN in self.roles
