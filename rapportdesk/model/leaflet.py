"""A leaflet of the clinic's own library: its title, in which language, what it says in short, and perhaps its file."""

import base64
import datetime as dt
from dataclasses import dataclass

from rapportdesk.model.identity import PatientId, RecordId

LARGEST_LEAFLET = 5 * 1024 * 1024
"""Bytes of one file: a leaflet of some pages with pictures."""

PDF_BEGINS = b"%PDF-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflet:
    """One leaflet; about no patient, and sealed under the vault key like the clinic's settings.

    Attributes:
        patient: Always None: it is nobody's.
        title: As patients know it ("Your blood thinner").
        language: In which language it is written, as the clinic calls it; empty for the clinic's own.
        words: What it says in a few plain sentences, to be said beside it; may be empty.
        size: Of the file in bytes; 0 without one.
        put_away: It is no longer given out. What was given of it before stays true.
        added_at: With an offset (UTC).
        content: The file in base64 (RFC 4648); empty wherever it was not asked for.
    """

    id: RecordId
    patient: PatientId | None = None
    title: str
    language: str = ""
    words: str = ""
    size: int = 0
    put_away: bool = False
    added_at: dt.datetime
    added_by_name: str
    content: str = ""
    revision: int = 1

    @property
    def file(self) -> bytes:
        """The file's own bytes."""
        return base64.b64decode(self.content)
