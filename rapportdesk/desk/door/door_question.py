"""The asking side of `door_process`: started before Qt is imported, waited for after the first paint.

Imports next to nothing, because everything waits on it.
"""

import os
import sys
from base64 import b64decode

from rapportdesk.vault.keyring_client import Question

TYPE_CHECKING = False  # `typing` takes 3 ms, and the answering process is started before anything else is imported
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from rapportdesk.desk.door.door import Door
    from rapportdesk.errors import RapportError
    from rapportdesk.model.staff import Practitioner
    from rapportdesk.vault.keyring_client import Answering

TIMEOUT_S = 20.0
"""In which the password store must answer, the process's start included."""

PERSON_TIMEOUT_S = 300.0
"""Which a person may take to answer the platform's question; not counted in `TIMEOUT_S`."""

_ROOT = os.path.abspath(f"{__file__}/../../../..")  # noqa: PTH100  # pathlib takes 5 ms, for which the process would wait
_PROCESS = """
import gc, sys
gc.disable()  # it ends with its answer
sys.path.insert(0, sys.argv[1])
from rapportdesk.desk.door.door_process import main
main()
"""


class DoorQuestion:
    """Who may sign in, asked for and on its way.

    Args:
        vault: The vault's file; None starts the process ahead of `ask`.
        process: Answers; by default a process of its own, from scratch.
    """

    def __init__(
        self, vault: "Path | None" = None, process: "Answering | None" = None, *, timeout_s: float = TIMEOUT_S
    ) -> None:
        self._question = Question(process or _spawned(), None, timeout_s=timeout_s, person_timeout_s=PERSON_TIMEOUT_S)
        if vault is not None:
            self.ask(vault)

    def ask(self, vault: "Path") -> None:
        """Put the question, where none was put yet."""
        self._question.ask({"vault": str(vault)})

    def door(self) -> "Door":
        """Wait for the answer; may be called again.

        Raises:
            VaultFault: There is no vault, or it cannot be read.
            CustodyFault: The password store did not give its key.
        """
        from rapportdesk.desk.door.door import Door

        answer: Mapping[str, Any] = self._question.answer()
        if answer["outcome"] == "done":
            people = tuple(_practitioner(person) for person in answer["people"])
            return Door(people, b64decode(answer["value"]))
        raise _fault(answer)

    def is_answered_within(self, seconds: float) -> bool:
        """Wait for the answer no longer than `seconds`; it may still come later."""
        return self._question.is_answered_within(seconds)

    def cancel(self) -> None:
        """Stop waiting and kill the process."""
        self._question.cancel()


def start_ahead() -> DoorQuestion:
    """Start the answering process before it is known which file to ask about, and before Qt is imported.

    Where this process may be copied, the copy is made once everything is imported that both need: that is half of what
    the answering process needs at all, and on a busy computer it takes that time away from the window.
    """
    from rapportdesk.vault.forked import Forked, may_fork

    if not may_fork():
        return DoorQuestion()
    import rapportdesk.desk.door.door
    import rapportdesk.errors  # noqa: F401  # both for the copy as well
    from rapportdesk.language import use_language

    use_language()
    return DoorQuestion(process=Forked(_serve))


def _serve(asked: int, answers: int) -> None:
    from rapportdesk.desk.door.door_process import serve

    serve(asked, answers)


def _spawned() -> "Answering":
    from rapportdesk.vault.spawned import spawn

    return spawn(default_command())


def default_command() -> list[str]:
    """Return how to start the answering process: this program frozen into one file, or this Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "-m", "rapportdesk.desk.door.door_process"]
    # -P: the working directory's files may not stand in for a library's modules
    return [sys.executable, "-P", "-c", _PROCESS, _ROOT]


def _practitioner(person: "Mapping[str, Any]") -> "Practitioner":
    import datetime as dt

    from rapportdesk.model.identity import StaffId
    from rapportdesk.model.staff import Practitioner, Role, SecretKind

    ends_on = person["ends_on"]
    return Practitioner(
        id=StaffId(person["id"]),
        name=person["name"],
        roles=frozenset(Role(role) for role in person["roles"]),
        ends_on=dt.date.fromisoformat(ends_on) if ends_on else None,
        must_change_secret=person["must_change_secret"],
        secret_kind=SecretKind(person["secret_kind"]),
    )


def _fault(answer: "Mapping[str, Any]") -> "RapportError":
    if answer["outcome"] == "fault":
        from rapportdesk import errors

        kind: type[RapportError] = getattr(errors, answer["kind"])
        return kind(answer["message"], answer["hint"])
    from rapportdesk.vault.keyring_entries import fault_of

    return fault_of(answer["outcome"])
