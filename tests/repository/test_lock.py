"""The lock pins everything by hash, names no address, and agrees with pyproject.toml."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.repository.tree import ROOT

LOCK = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def requirements(lock: str) -> dict[str, list[str]]:
    """Return each locked requirement's text with its hashes."""
    joined = lock.replace("\\\n", " ")
    rows = [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    return {row.split(" --hash=")[0].strip(): re.findall(r"--hash=sha256:([0-9a-f]{64})(?:\s|$)", row) for row in rows}


def unpinned(lock: str) -> list[str]:
    """Return the requirements without an exact version or without a hash."""
    return [
        text
        for text, hashes in requirements(lock).items()
        if not hashes or [s.operator for s in Requirement(text).specifier] != ["=="]
    ]


def locked(name: str, python: str) -> str:
    """Return the version of `name` that the lock gives a Python version."""
    environment = {"python_version": python, "python_full_version": f"{python}.0"}
    chosen = [
        str(requirement.specifier)
        for requirement in map(Requirement, requirements(LOCK))
        if requirement.name == name and (requirement.marker is None or requirement.marker.evaluate(environment))
    ]
    assert len(chosen) == 1, (name, python, chosen)
    return chosen[0].removeprefix("==")


def test_every_requirement_is_pinned_by_hash() -> None:
    assert len(requirements(LOCK)) > 50
    assert unpinned(LOCK) == []


@pytest.mark.parametrize("loose", ["hl7==0.4.5\n", f"hl7>=0.4.5 \\\n    --hash=sha256:{'0' * 64}\n"])
def test_a_loose_requirement_is_noticed(loose: str) -> None:
    assert len(unpinned(LOCK + loose)) == 1


def test_the_lock_carries_no_address() -> None:
    assert "://" not in LOCK
    assert not re.search(r"^\s*(-i|-f|--index|--extra-index|--find-links|--trusted-host)", LOCK, re.MULTILINE)


def test_everything_the_project_asks_for_is_locked_within_its_bounds() -> None:
    asked = [
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["dev"],
        *PROJECT["build-system"]["requires"],
    ]
    for python in ("3.11", "3.12", "3.13"):
        for requirement in map(Requirement, asked):
            if requirement.marker is None or requirement.marker.evaluate({"python_version": python}):
                version = locked(canonicalize_name(requirement.name), python)
                assert requirement.specifier.contains(version), (requirement, version, python)


def test_python_3_11_never_gets_the_qt_binding_that_aborts_there() -> None:
    bounds = [Requirement(text) for text in PROJECT["project"]["dependencies"] if text.startswith("PySide6")]
    for python, allowed in (("3.11", False), ("3.12", True), ("3.13", True)):
        here = [r for r in bounds if r.marker is not None and r.marker.evaluate({"python_version": python})]
        assert [r.specifier.contains("6.12.0") for r in here] == [allowed]
