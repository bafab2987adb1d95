"""The asking side of `door_process`: started before Qt is imported, waited for after the first paint.

Imports next to nothing, because everything waits on it.
"""

import datetime as dt
import sys
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rapportdesk import errors
from rapportdesk.desk.door import Door
from rapportdesk.errors import RapportError
from rapportdesk.model.identity import StaffId
from rapportdesk.model.staff import Practitioner, Role, SecretKind
from rapportdesk.vault.keyring_client import Question

TIMEOUT_S = 20.0
"""In which the password store must answer, the process's start included."""

PERSON_TIMEOUT_S = 300.0
"""Which a person may take to answer the platform's question; not counted in `TIMEOUT_S`."""

_ROOT = Path(__file__).resolve().parent.parent.parent
_PROCESS = "import sys; sys.path.insert(0, sys.argv[1]); from rapportdesk.desk.door_process import main; main()"


class DoorQuestion:
    """Who may sign in, asked for and on its way.

    Args:
        vault: The vault's file.
        command: Starts the answering process; by default this program's own.
    """

    def __init__(self, vault: Path, command: list[str] | None = None, *, timeout_s: float = TIMEOUT_S) -> None:
        self._question = Question(
            command or default_command(),
            {"vault": str(vault)},
            timeout_s=timeout_s,
            person_timeout_s=PERSON_TIMEOUT_S,
        )

    def door(self) -> Door:
        """Wait for the answer; may be called again.

        Raises:
            VaultFault: There is no vault, or it cannot be read.
            CustodyFault: The password store did not give its key.
        """
        answer: Mapping[str, Any] = self._question.answer()
        if answer["outcome"] == "done":
            people = tuple(_practitioner(person) for person in answer["people"])
            return Door(people, b64decode(answer["value"]))
        raise _fault(answer)

    def cancel(self) -> None:
        """Stop waiting and kill the process."""
        self._question.cancel()


def default_command() -> list[str]:
    """Return how to start the answering process: this program frozen into one file, or this Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "-m", "rapportdesk.desk.door_process"]
    # -P: the working directory's files may not stand in for a library's modules
    return [sys.executable, "-P", "-c", _PROCESS, str(_ROOT)]


def _practitioner(person: Mapping[str, Any]) -> Practitioner:
    ends_on = person["ends_on"]
    return Practitioner(
        id=StaffId(person["id"]),
        name=person["name"],
        roles=frozenset(Role(role) for role in person["roles"]),
        ends_on=dt.date.fromisoformat(ends_on) if ends_on else None,
        must_change_secret=person["must_change_secret"],
        secret_kind=SecretKind(person["secret_kind"]),
    )


def _fault(answer: Mapping[str, Any]) -> RapportError:
    if answer["outcome"] == "fault":
        kind: type[RapportError] = getattr(errors, answer["kind"])
        return kind(answer["message"], answer["hint"])
    from rapportdesk.vault.keyring_custody import fault_of

    return fault_of(answer["outcome"])
