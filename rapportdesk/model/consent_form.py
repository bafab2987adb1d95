"""A signed form as it was scanned: kept sealed beside the event it proves, and never changed."""

import base64
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.identity import PatientId, RecordId, StaffId

LARGEST_FORM = 5 * 1024 * 1024
"""Bytes of one scan: ten pages in colour at 150 dots an inch."""


class FormType(StrEnum):
    """IANA media types of scans that are taken."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"


_BEGINNINGS = {FormType.PDF: b"%PDF-", FormType.PNG: b"\x89PNG\r\n\x1a\n", FormType.JPEG: b"\xff\xd8\xff"}


def form_type(content: bytes) -> FormType | None:
    """Return what a file is by its first bytes, whatever it is called; None for anything that is not taken."""
    return next((each for each, begins in _BEGINNINGS.items() if content.startswith(begins)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentForm:
    """One scan.

    Attributes:
        event: Id of the consent event it proves.
        size: In bytes, of the scan itself.
        added_at: When it was attached, with an offset (UTC).
        content: The scan in base64 (RFC 4648); empty wherever it was not asked for.
    """

    id: RecordId
    patient: PatientId
    event: RecordId
    media_type: FormType
    size: int
    added_at: dt.datetime
    added_by: StaffId
    added_by_name: str
    content: str = ""
    revision: int = 1

    @property
    def scan(self) -> bytes:
        """The scan's own bytes."""
        return base64.b64decode(self.content)
