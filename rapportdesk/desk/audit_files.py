"""The record of who looked as a file, made piece by piece as its lines are opened."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from rapportdesk.exchange.audit_csv import audit_csv
from rapportdesk.exchange.audit_fhir import audit_entry
from rapportdesk.model.audit import AuditEvent

Pieces = Iterable[list[AuditEvent]]


def as_data(event: AuditEvent) -> dict[str, Any]:
    """Return one line as JSON's types: who, what, which patient, when, why."""
    return {
        "at": event.at.isoformat(),
        "happened_at": event.happened_at.isoformat() if event.happened_at else None,
        "action": event.action,
        "outcome": event.outcome,
        "count": event.count,
        "who": event.who_name,
        "who_id": event.who,
        "roles": list(event.roles),
        "patient": event.patient,
        "purpose": event.purpose,
        "why": event.why,
        "about": event.about_name or event.about,
    }


def as_json(pieces: Pieces) -> Iterator[bytes]:
    """Yield a list of `as_data` (RFC 8259, UTF-8)."""
    yield b"["
    yield from _listed(([as_data(event) for event in piece] for piece in pieces), b"")
    yield b"]\n"


def as_csv(pieces: Pieces) -> Iterator[bytes]:
    """Yield `rapportdesk.exchange.audit_csv`."""
    for number, piece in enumerate(pieces):
        yield audit_csv(piece, first=number == 0)


def as_fhir(pieces: Pieces) -> Iterator[bytes]:
    """Yield a FHIR R4 Bundle of type collection; FHIR has no empty lists, so without a line it has no entries."""
    said = Counter[AuditEvent]()

    def entries(piece: list[AuditEvent]) -> list[dict[str, Any]]:
        made = []
        for event in piece:
            made.append(audit_entry(event, alike=said[event]))
            said[event] += 1
        return made

    yield b'{"resourceType":"Bundle","type":"collection"'
    some = False
    for text in _listed(map(entries, pieces), b',"entry":['):
        some = True
        yield text
    yield b"]}\n" if some else b"}\n"


def _listed(pieces: Iterable[list[dict[str, Any]]], before: bytes) -> Iterator[bytes]:
    """Yield the objects with commas between them, and `before` ahead of the first."""
    ahead = before
    for piece in pieces:
        if piece:
            text = ",\n".join(json.dumps(each, ensure_ascii=False) for each in piece)
            yield ahead + text.encode("utf-8", "replace")
            ahead = b",\n"
