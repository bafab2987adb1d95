"""Where things lie: the vault, the settings, and the resources that come with the program."""

from pathlib import Path

import platformdirs

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
"""Icons, fonts, templates, translations and lists; beside the packages in a checkout and in an installation."""

VAULT_NAME = "desk.rapport"


def data_directory() -> Path:
    """Return the platform's directory for this person's data; it may not exist yet."""
    return platformdirs.user_data_path("RapportDesk", appauthor=False)


def default_vault() -> Path:
    """Return where the vault lies unless a path is given."""
    return data_directory() / VAULT_NAME


def settings_file() -> Path:
    """Return the file for window geometry and other settings that say nothing about a patient."""
    return platformdirs.user_config_path("RapportDesk", appauthor=False) / "settings.ini"
