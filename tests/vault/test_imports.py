"""What lists the names before anybody signs in loads nothing that sign-in does not need."""

import subprocess
import sys

import pytest

LATER = {
    "PySide6": "the window",
    "alembic": "the store",
    "cryptography.hazmat.primitives.kdf.argon2": "the secret",
    "keyring": "the asking process",
    "secretstorage": "the asking process",
    "sqlalchemy": "the store",
    "sqlmodel": "the store",
}


def loaded_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(' '.join(sys.modules))"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize(
    "statement",
    ["from rapportdesk.vault.slots import read_badge", "from rapportdesk.vault.custody import KeyringCustody"],
)
def test_listing_the_names_loads_nothing_that_comes_later(statement: str) -> None:
    loaded = loaded_by(statement)
    assert "rapportdesk.vault" in loaded
    assert loaded.isdisjoint(LATER)


def test_the_check_sees_what_is_loaded() -> None:
    assert "keyring" in loaded_by("import keyring")


def test_the_asking_process_loads_nothing_of_the_desk() -> None:
    """It is run by its path, so that it works wherever the desk was started from."""
    loaded = loaded_by(
        "import runpy, rapportdesk.vault as v;"
        " path = v.__path__[0] + '/keyring_process.py';"
        " [sys.modules.pop(name) for name in list(sys.modules) if name.startswith('rapportdesk')];"
        " runpy.run_path(path)"
    )
    assert not {name for name in loaded if name.startswith("rapportdesk")}
