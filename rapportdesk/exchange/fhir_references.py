"""A FHIR reference is followed within its file; what it cannot reach is known by its id alone.

R4, section 2.3.0.1 "Literal References": a fullUrl, a relative "Type/id", an absolute URL ending so, or "#id" inside.
"""

import re
from typing import Any

from rapportdesk.exchange.fhir_json import Entry, Json
from rapportdesk.exchange.plan import FHIR_ID
from rapportdesk.exchange.values import plain
from rapportdesk.model.patient import Identifier

_TYPED = re.compile(
    r"(?:(?P<base>https?://.+)/)?(?P<type>[A-Z][A-Za-z]+)/(?P<id>[A-Za-z0-9.-]{1,64})(?:/_history/.*)?\Z"
)


def logical_identifier(entry: Entry) -> Identifier | None:
    """Return the resource's own id as an identifier whose system is the server that gave it, if the file says which."""
    resource = entry.resource or {}
    own = resource.get("id")
    if not isinstance(own, str) or not own:
        return None
    match = _TYPED.match(entry.full_url)
    base = match["base"] if match else None
    return Identifier(system=f"{base}/{entry.resource_type}" if base else FHIR_ID, value=plain(own))


def referred_identifier(reference: str) -> Identifier | None:
    """Return what `logical_identifier` of the resource that is referred to would be, or None for other references."""
    match = _TYPED.match(reference)
    if match is None:
        return None
    base, kind = match["base"], match["type"]
    return Identifier(system=f"{base}/{kind}" if base else FHIR_ID, value=match["id"])


def type_named(reference: str) -> str:
    """Return the resource type that a reference names, or nothing."""
    match = _TYPED.match(reference)
    return match["type"] if match else ""


class References:
    """Finds resources of one file by reference.

    Args:
        entries: All of the file's.
    """

    def __init__(self, entries: list[Entry]) -> None:
        self._found: dict[str, Entry] = {}
        for entry in entries:
            own = (entry.resource or {}).get("id")
            if entry.full_url:
                self._found.setdefault(entry.full_url, entry)
            if isinstance(own, str):
                self._found.setdefault(f"{entry.resource_type}/{own}", entry)

    def entry(self, reference: str) -> Entry | None:
        """Return the entry that is referred to, or None when it is not in the file."""
        if reference in self._found:
            return self._found[reference]
        match = _TYPED.match(reference)
        if match is None:
            return None
        found = self._found.get(f"{match['type']}/{match['id']}")
        base = match["base"]
        if found is None or (base and found.full_url.startswith("http") and not found.full_url.startswith(f"{base}/")):
            return None
        return found

    def name(self, actor: Any, types: tuple[str, ...], contained: list[Json]) -> str:
        """Return how a participant of one of `types` is called: as the reference says, or as the resource does."""
        display = getattr(actor, "display", None)
        if display:
            return plain(display)
        reference = getattr(actor, "reference", None) or ""
        resource = next((each for each in contained if reference == f"#{each.get('id')}"), None)
        if resource is None and (entry := self.entry(reference)) is not None:
            resource = entry.resource
        if resource is None or resource.get("resourceType") not in types:
            return ""
        return _name_of(resource) or self._name_of_holder(resource)

    def _name_of_holder(self, resource: Json) -> str:
        """Return the name of the practitioner whose role it is; a PractitionerRole has none of its own."""
        held_by = resource.get("practitioner")
        if resource.get("resourceType") != "PractitionerRole" or not isinstance(held_by, dict):
            return ""
        if isinstance(display := held_by.get("display"), str) and display:
            return plain(display)
        entry = self.entry(str(held_by.get("reference", "")))
        return _name_of(entry.resource or {}) if entry is not None and entry.resource_type == "Practitioner" else ""


def _name_of(resource: Json) -> str:
    """Return the name of a Practitioner, Location or the like; these are not validated, so nothing is assumed."""
    name = resource.get("name")
    if isinstance(name, str):
        return plain(name)
    first = name[0] if isinstance(name, list) and name else name
    if not isinstance(first, dict):
        return ""
    if isinstance(text := first.get("text"), str):
        return plain(text)
    prefix, given, family = (first.get(part) for part in ("prefix", "given", "family"))
    words = [each for part in (prefix, given) if isinstance(part, list) for each in part]
    return plain(" ".join(word for word in [*words, family] if isinstance(word, str)))
