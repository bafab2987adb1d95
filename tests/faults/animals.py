"""One small vault and backup of every released format, with its keys, kept for ever and opened by every test.

They lie in the folder of the same name; `zoo_keeping.py` makes them.
"""

import base64
import json
from dataclasses import dataclass
from pathlib import Path

ZOO = Path(__file__).with_name("zoo")
"""The folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Animal:
    """One file of the zoo.

    Attributes:
        number: Its format's.
        vault: The file; copied before it is opened, for opening brings it up to date.
        backup: A backup of it.
        keys: What the password store held, by id.
        code: The desk's recovery sheet's.
        facts: What everybody finds in it, by their name.
    """

    number: str
    vault: Path
    backup: Path
    keys: dict[str, bytes]
    code: str
    facts: dict[str, list[str]]


def animals() -> list[Animal]:
    """Return all of them."""
    return [_read(path) for path in sorted(ZOO.glob("*.json"))]


def _read(path: Path) -> Animal:
    kept = json.loads(path.read_text(encoding="utf-8"))
    keys = {name: base64.b64decode(key) for name, key in kept["keys"].items()}
    return Animal(
        number=path.stem, vault=path.with_suffix(".rapport"), backup=path.with_suffix(".rapport-backup"), keys=keys,
        code=kept["code"], facts=kept["facts"],
    )  # fmt: skip
