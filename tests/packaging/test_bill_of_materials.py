"""The bill of materials names what runs, whole, and nothing else."""

import ast
import json
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.utils import canonicalize_name

from tests.packaging.scripts import PACKAGING, bill_of_materials

ROOT = PACKAGING.parent


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    file = tmp_path_factory.mktemp("bill") / "made" / "bill.json"
    assert bill_of_materials.write(file) > 40
    made: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return made


def imported() -> set[str]:
    """Return every foreign package that the program's own files import."""
    found: set[str] = set()
    for file in (*(ROOT / "rapportdesk").rglob("*.py"), *(ROOT / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"rapportdesk", "ui", "resources"}


def test_it_names_every_package_that_the_program_imports(written: dict[str, Any]) -> None:
    named = {each["name"] for each in written["components"]}
    owners = metadata.packages_distributions()
    here = {name: owners[name] for name in imported() if name in owners}  # what another platform has is not here
    assert len(here) > 15
    normal = {name: {canonicalize_name(each) for each in owned} for name, owned in here.items()}
    assert {name for name, owned in normal.items() if not owned & named} == set()


def test_it_does_not_name_what_only_tests_and_builds_it(written: dict[str, Any]) -> None:
    named = {each["name"] for each in written["components"]}
    assert not named & {"pytest", "ruff", "mypy", "hypothesis", "pip-audit", "hatchling", "bandit"}


def test_each_library_has_a_version_a_licence_and_the_digests_of_the_lock(written: dict[str, Any]) -> None:
    lock = (PACKAGING / "requirements.lock").read_text(encoding="utf-8")
    for each in written["components"]:
        assert each["licenses"][0].get("expression")
        assert each["hashes"]
        if each["type"] == "library":
            assert f"{each['version']}" in each["purl"]
            assert all(digest["content"] in lock for digest in each["hashes"])


def test_what_is_bundled_is_named_with_the_digest_of_its_files(written: dict[str, Any]) -> None:
    bundled = {each["name"]: each["description"] for each in written["components"] if each["type"] == "data"}
    assert set(bundled) == {name for name, *_rest in bill_of_materials.BUNDLED}
    assert not any(words.startswith("0 ") for words in bundled.values())


def test_the_graph_leads_from_the_program_to_every_library(written: dict[str, Any]) -> None:
    graph = {each["ref"]: each.get("dependsOn", []) for each in written["dependencies"]}
    reached, waiting = set(), ["rapportdesk"]
    while waiting:
        ref = waiting.pop()
        if ref not in reached:
            reached.add(ref)
            waiting += graph.get(ref, [])
    assert {each["bom-ref"] for each in written["components"] if each["type"] == "library"} <= reached


def test_a_licence_that_is_not_known_is_refused_and_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bill_of_materials, "LOOKED_UP", {})
    with pytest.raises(ValueError, match="anyascii"):
        bill_of_materials.licence("anyascii")


def test_the_same_lock_gives_the_same_list(tmp_path: Path, written: dict[str, Any]) -> None:
    bill_of_materials.write(tmp_path / "again.json")
    again = json.loads((tmp_path / "again.json").read_text(encoding="utf-8"))
    for each in (again, written):
        each["metadata"].pop("timestamp", None)
    assert again == written
