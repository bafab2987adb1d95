"""No file names the machine or the package index it was made with, and no room is too large."""

import re
import stat
from pathlib import Path

import pytest

from tests.repository.tree import ROOT, files, texts

# Put together here, so that this file does not contain what it forbids.
HOSTS = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "deb.debian" + ".org")
FOLDERS = ("ho" + "me", "ro" + "ot", "wo" + "rk", "tm" + "p/brief", "op" + "t/pypi", "Us" + "ers")
FORBIDDEN = re.compile(
    "|".join([*map(re.escape, HOSTS), *(rf"(?<![\w.~}}$]){re.escape('/' + f + '/')}" for f in FOLDERS)])
)


def named_places(root: Path) -> list[str]:
    """Return "file: what it names" for each forbidden host or path in a tree."""
    return [f"{path}: {found.group()}" for path, text in texts(root) for found in FORBIDDEN.finditer(text)]


def long_files(root: Path) -> list[str]:
    """Return each Python file above 400 lines."""
    return [f"{path}: {n}" for path, text in texts(root) if path.suffix == ".py" and (n := text.count("\n")) > 400]


def test_no_file_names_a_package_index_or_a_path_of_one_machine() -> None:
    assert named_places(ROOT) == []


@pytest.mark.parametrize(
    "planted", [f"https://{HOSTS[0]}/simple", f"cd /{FOLDERS[0]}/nia/clinic", f"'/{FOLDERS[2]}/main'"]
)
def test_a_planted_address_or_path_is_found(tmp_path: Path, planted: str) -> None:
    (tmp_path / ".gitignore").write_text("build/\n", encoding="utf-8")
    (tmp_path / "notes.md").write_text(planted, encoding="utf-8")
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "ignored.txt").write_text(planted, encoding="utf-8")
    assert len(named_places(tmp_path)) == 1


def test_no_python_file_is_longer_than_four_hundred_lines(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("", encoding="utf-8")
    (tmp_path / "long.py").write_text("\n" * 401, encoding="utf-8")
    assert len(long_files(tmp_path)) == 1
    assert long_files(ROOT) == []


def test_packaging_never_shadows_the_library_of_that_name() -> None:
    import packaging.requirements

    assert not (ROOT / "packaging" / "__init__.py").exists()
    assert not Path(packaging.requirements.__file__).is_relative_to(ROOT / "packaging")


def test_ci_runs_what_people_run_and_nothing_else() -> None:
    script = ROOT / ".ci" / "run"
    commands = [line for line in script.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert commands == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "python3 packaging/dev.py test"]
    assert script.stat().st_mode & stat.S_IXUSR


def test_the_tree_is_seen_whole() -> None:
    seen = {path.relative_to(ROOT).as_posix() for path in files()}
    assert {"LICENSE", "pyproject.toml", ".ci/run", "packaging/requirements.lock", "tests/repository/tree.py"} <= seen
    assert not [name for name in seen if name.startswith((".venv/", ".git/"))]
