"""One thing that the doctor looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found of it.

    Attributes:
        check: A fixed name for machines: "file", "key", "note", "permissions", "sqlite", "index", "disk", "folder",
            "clock" or "encryption"; for whoever signs in "standing" and "backups" too.
        well: Whether it is as it should be.
        words: What was found.
        hint: What to do about it; empty when all is well.
    """

    check: str
    well: bool
    words: str
    hint: str = ""
