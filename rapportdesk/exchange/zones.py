"""A time zone crosses to the child process as its name or its offset."""

import datetime as dt
from zoneinfo import ZoneInfo


def zone_text(zone: dt.tzinfo | None) -> str | float | None:
    """Return an IANA name, an offset in seconds, or None for the workstation's own zone.

    Raises:
        TypeError: The zone is of neither kind.
    """
    if zone is None:
        return None
    if isinstance(zone, ZoneInfo) and zone.key:
        return zone.key
    if isinstance(zone, dt.timezone):
        return zone.utcoffset(None).total_seconds()
    raise TypeError("a zone is a named ZoneInfo, a datetime.timezone or None")


def zone_from(text: str | float | None) -> dt.tzinfo | None:
    """Return the zone that `zone_text` wrote."""
    if text is None:
        return None
    return ZoneInfo(text) if isinstance(text, str) else dt.timezone(dt.timedelta(seconds=text))
