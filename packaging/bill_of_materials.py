"""What the program is made of, as CycloneDX 1.6: each locked library that it needs to run, and what is bundled with it.

    python3 packaging/dev.py sbom [FILE]

The libraries are followed from the project's metadata to theirs, so what only tests or builds it is not listed; the
digests are the lock's, one of whose files is installed. The same lock gives the same list, but for its time.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tomllib
import uuid
from importlib import metadata
from pathlib import Path
from typing import Any

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.spdx import is_expression
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = canonicalize_name("rapportdesk")

BUNDLED = (
    ("Inter", "OFL-1.1", "resources/fonts", "Inter-*.ttf"),
    ("Noto Sans", "OFL-1.1", "resources/fonts", "NotoSans*.?tf"),
    ("Lucide icons", "ISC", "resources/icons", "*.svg"),
)
"""Name, licence by SPDX, folder and files of what others made and the program carries."""

# What the licence files say of libraries whose metadata does not say it as SPDX does.
LOOKED_UP = {
    **dict.fromkeys(("fhir-core", "fhir-resources", "hl7", "jinja2", "segno"), "BSD-3-Clause"),
    **dict.fromkeys(("backports-tarfile", "jaraco-classes", "jellyfish"), "MIT"),
    "anyascii": "ISC",
    "apsw-sqlite3mc": "any-OSI AND MIT AND blessing",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
}


def needed(project: NormalizedName = PROJECT) -> dict[NormalizedName, set[NormalizedName]]:
    """Return each library that a project needs to run, with what it needs in turn, by canonical name."""
    found: dict[NormalizedName, set[NormalizedName]] = {}
    waiting = [(project, frozenset[str]())]
    while waiting:
        name, extras = waiting.pop()
        wanted = _wanted(name, extras)
        new = {each for each, _extras in wanted} - found.get(name, set())
        if name in found and not new:
            continue
        found.setdefault(name, set()).update(new)
        waiting += wanted
    return found


def bill(lock: str) -> Bom:
    """Return the list.

    Args:
        lock: The text of requirements.lock.
    """
    tree, digests = needed(), locked(lock)
    made = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_OID, lock))
    root = Component(name=PROJECT, version=_project()["version"], type=ComponentType.APPLICATION, bom_ref=PROJECT)
    root.licenses.add(LicenseExpression("Apache-2.0"))
    made.metadata.component = root
    components = {name: _library(name, digests) for name in tree if name != PROJECT} | {PROJECT: root}
    bundled = [_bundled(*each) for each in BUNDLED]
    made.components.update(each for each in (*components.values(), *bundled) if each is not root)
    for name, wanted in tree.items():
        made.register_dependency(components[name], [components[each] for each in sorted(wanted)])
    return made


def locked(lock: str) -> dict[tuple[NormalizedName, str], list[str]]:
    """Return the SHA-256 digests of a lock by canonical name and version."""
    found: dict[tuple[NormalizedName, str], list[str]] = {}
    entry: list[str] = []
    for line in lock.splitlines():
        if named := re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", line):
            entry = found.setdefault((canonicalize_name(named[1]), named[2]), [])
        entry += re.findall(r"--hash=sha256:([0-9a-f]{64})", line)
    return found


def _project() -> dict[str, Any]:
    """Return the project's own metadata, which is newer than what was installed of it may be."""
    told: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return told


def _wanted(name: NormalizedName, extras: frozenset[str]) -> list[tuple[NormalizedName, frozenset[str]]]:
    lines = _project()["dependencies"] if name == PROJECT else metadata.requires(name) or ()
    asked = [Requirement(line) for line in lines]
    return [
        (canonicalize_name(each.name), frozenset(each.extras))
        for each in asked
        if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in ("", *extras))
    ]


def _library(name: NormalizedName, digests: dict[tuple[NormalizedName, str], list[str]]) -> Component:
    version = metadata.version(name)
    made = Component(
        name=name, version=version, type=ComponentType.LIBRARY, bom_ref=f"{name}=={version}",
        purl=PackageURL("pypi", None, name, version),
    )  # fmt: skip
    made.hashes.update(HashType(alg=HashAlgorithm.SHA_256, content=each) for each in digests[name, version])
    made.licenses.add(LicenseExpression(licence(name)))
    return made


def licence(name: str) -> str:
    """Return an installed library's licence as an SPDX expression.

    Raises:
        ValueError: Its metadata does not say it as SPDX does: read its licence file, and add it to `LOOKED_UP`.
    """
    if name in LOOKED_UP:
        return LOOKED_UP[name]
    said = metadata.metadata(name)
    for field in ("License-Expression", "License"):
        if field in said and is_expression(said[field]):
            return said[field]
    raise ValueError(f"{name}: read its licence file, and say in LOOKED_UP what it is")


def _bundled(name: str, expression: str, folder: str, pattern: str) -> Component:
    files = sorted((ROOT / folder).glob(pattern))
    whole = hashlib.sha256(b"".join(hashlib.sha256(each.read_bytes()).digest() for each in files))
    made = Component(name=name, type=ComponentType.DATA, bom_ref=folder + "/" + pattern)
    made.description = f"{len(files)} files; the digest is over their digests, by name"
    made.hashes.add(HashType(alg=HashAlgorithm.SHA_256, content=whole.hexdigest()))
    made.licenses.add(LicenseExpression(expression))
    return made


def write(file: Path) -> int:
    """Write the list to a file and return how many components it names."""
    made = bill((ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8"))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(JsonV1Dot6(made).output_as_string(indent=2) + "\n", encoding="utf-8")
    return len(made.components)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / f"{PROJECT}.cdx.json"
    print(f"{target}: {write(target)} components")
