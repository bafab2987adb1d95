"""JSON is taken apart strictly: what can be read in two ways is not read at all.

A name said twice in an object, a letter that does not exist and nesting without end are faults, not something to guess
about. Resources are found in Bundles of any type, alone, and one to a line (NDJSON).
"""

import dataclasses
import io
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapportdesk.exchange.faults import Fault, Unreadable

_TYPE = re.compile(r"[A-Z][A-Za-z]{0,63}\Z")
_DEEPEST_BUNDLE = 20
_BOM = b"\xef\xbb\xbf"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One resource with what its Bundle says of it.

    Attributes:
        item: Counted from 1 through the file.
        source: The resource, or the line it stands in; None where an entry has none.
        resource_type: "Bundle.entry" where an entry has no resource.
        full_url: May be empty.
        deletes: The Bundle asks for its deletion.
    """

    item: int
    source: Json | bytes | None
    resource_type: str
    full_url: str = ""
    deletes: bool = False

    @property
    def resource(self) -> Json | None:
        """The resource, not to be changed; of many lines only a few are kept taken apart."""
        return _loaded(self.source) if isinstance(self.source, bytes) else self.source


def looks_like_json(data: bytes) -> bool:
    """Return whether a file begins as JSON does."""
    return data[:1024].removeprefix(_BOM).lstrip()[:1] in (b"{", b"[")


def looks_like_ndjson(data: bytes) -> bool:
    """Return whether a file has an object on its first line and another line after it."""
    first, _, rest = data.removeprefix(_BOM).lstrip().partition(b"\n")
    return first.startswith(b"{") and first.rstrip().endswith(b"}") and rest.lstrip()[:1] == b"{"


def decode(data: bytes) -> str:
    """Return the text; RFC 8259 knows UTF-8 alone.

    Raises:
        Unreadable: It is in another encoding.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unreadable(Fault.ENCODING) from fault


def load(text: str) -> object:
    """Return what `text` says.

    Raises:
        Unreadable: It is not JSON, says a name twice in one object, or is nested too deeply.
    """
    try:
        return json.loads(text, object_pairs_hook=_no_doubles, parse_constant=_no_constant)
    except RecursionError as fault:
        raise Unreadable(Fault.TOO_DEEP) from fault
    except ValueError as fault:
        raise Unreadable(Fault.MALFORMED) from fault


def entries_of_lines(data: bytes) -> list[Entry]:
    """Return every resource of a file that has one to a line; blank lines say nothing.

    Raises:
        Unreadable: As `decode`, `load` and `entries`, with the line as its item.
    """
    found: list[Entry] = []
    number = 0
    for line in io.BytesIO(data.removeprefix(_BOM)):
        if not line.strip():
            continue
        number += 1
        try:
            content = load(decode(line))
        except Unreadable as fault:
            raise Unreadable(fault.fault, item=number, field=fault.field) from fault
        for entry in entries(content, len(found)):
            alone = entry.source is content
            found.append(dataclasses.replace(entry, source=line) if alone else entry)
    return found


def entries(content: object, item: int = 0) -> list[Entry]:
    """Return every resource of a Bundle, Bundles within it included, or the single resource that `content` is.

    Args:
        content: A loaded resource.
        item: How many resources of the file came before.

    Raises:
        Unreadable: It is no FHIR resource, or a Bundle that is not built as one.
    """
    found: list[Entry] = []
    _collect(content, found, item, depth=0)
    return found


def kept_text_is_sound(resource: Json) -> bool:
    """Return whether all letters of a resource exist: JSON can spell half a surrogate pair."""
    try:
        json.dumps(resource, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def without_nulls(resource: Json) -> Json:
    """Return a resource without what is null: FHIR has no null (R4 section 2.6.2), and senders write it for "absent".

    Within a list a null keeps its place, because the list beside it counts on that.
    """
    return {name: _without_nulls(value) for name, value in resource.items() if value is not None}


def _without_nulls(value: object) -> object:
    if isinstance(value, dict):
        return without_nulls(value)
    return [_without_nulls(each) for each in value] if isinstance(value, list) else value


def _collect(content: object, found: list[Entry], before: int, depth: int) -> None:
    resource = _resource(content, before + len(found) + 1)
    resource_type = str(resource["resourceType"])
    if resource_type != "Bundle":
        found.append(Entry(item=before + len(found) + 1, source=resource, resource_type=resource_type))
        return
    if depth > _DEEPEST_BUNDLE:
        raise Unreadable(Fault.TOO_DEEP)
    bundled = resource.get("entry", [])
    if not isinstance(bundled, list):
        raise Unreadable(Fault.FIELD, field="Bundle.entry")
    for entry in bundled:
        item = before + len(found) + 1
        if not isinstance(entry, dict):
            raise Unreadable(Fault.FIELD, item=item, field="Bundle.entry")
        _collect_entry(entry, found, before, depth)


def _collect_entry(entry: Json, found: list[Entry], before: int, depth: int) -> None:
    item = before + len(found) + 1
    request = entry.get("request")
    deletes = isinstance(request, dict) and request.get("method") == "DELETE"
    content = entry.get("resource")
    if content is None:
        found.append(Entry(item=item, source=None, resource_type="Bundle.entry", deletes=deletes))
        return
    resource = _resource(content, item)
    resource_type = str(resource["resourceType"])
    if resource_type == "Bundle":
        _collect(resource, found, before, depth + 1)
        return
    full_url = entry.get("fullUrl")
    found.append(
        Entry(
            item=item,
            source=resource,
            resource_type=resource_type,
            full_url=full_url if isinstance(full_url, str) else "",
            deletes=deletes,
        )
    )


def _resource(content: object, item: int) -> Json:
    if not isinstance(content, dict):
        raise Unreadable(Fault.MALFORMED, item=item)
    resource_type = content.get("resourceType")
    if not isinstance(resource_type, str) or not _TYPE.match(resource_type):
        raise Unreadable(Fault.FIELD, item=item, field="resourceType")
    return content


@lru_cache(maxsize=32)
def _loaded(line: bytes) -> Json:
    content = load(decode(line))
    return content if isinstance(content, dict) else {}


def _no_doubles(pairs: list[tuple[str, object]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable(Fault.TWICE)
    return found


def _no_constant(_name: str) -> object:
    raise Unreadable(Fault.MALFORMED)
