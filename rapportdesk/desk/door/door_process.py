"""Finds out who may sign in, in a process of its own: the doorway is read, the password store asked, the names opened.

It works while the window's process imports Qt, so that the sign-in can be painted with its names; and it can be killed
when the password store blocks. Question and answers are lines of JSON, as for `vault.keyring_process`, whose part about
the person it passes on; the key goes through the pipe and is never an argument or in the environment.
"""

import json
import os
import sys
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

from rapportdesk.desk.door.doorway import open_door, read_doorway
from rapportdesk.errors import CustodyFault, RapportError
from rapportdesk.hardening import keep_memory_private
from rapportdesk.language import use_language
from rapportdesk.model.staff import Practitioner
from rapportdesk.vault import keyring_process
from rapportdesk.vault.keyring_entries import fault_of, key_kept_as, read_request

_REQUEST_MOST = 65536


def main() -> int:
    """Answer the question on standard input; returns the exit status."""
    # Whatever a store's library prints goes to standard error, never between the answers.
    answers = os.dup(1)
    os.dup2(2, 1)
    use_language()
    serve(0, answers)
    return 0


def serve(asked: int, answers: int) -> None:
    """Answer one question, in the language that was chosen for this process.

    Args:
        asked: A file descriptor that the question comes from.
        answers: A file descriptor for the answers.
    """

    def say(said: Mapping[str, object]) -> None:
        os.write(answers, json.dumps(dict(said)).encode() + b"\n")

    keep_memory_private()
    keyring_process.import_ahead()
    with os.fdopen(asked, "rb", closefd=False) as questions:
        request = json.loads(questions.readline(_REQUEST_MOST))
    try:
        say(find_out(Path(request["vault"]), say))
    except RapportError as fault:
        say({"outcome": "fault", "kind": type(fault).__name__, "message": fault.message, "hint": fault.hint})


def find_out(vault: Path, say: keyring_process.Say) -> dict[str, object]:
    """Return the answer: who may sign in, and the key.

    Args:
        vault: The vault's file.
        say: Takes what is to be told before the answer: that the platform asks the person something.

    Raises:
        VaultFault: There is no vault, or it cannot be read.
        CustodyFault: The password store did not give its key.
    """
    doorway = read_doorway(vault)
    door = open_door(doorway, _key(doorway.device_key_id, say))
    return {
        "outcome": "done",
        "value": b64encode(door.device_key).decode(),
        "people": [_plain(person) for person in door.people],
    }


def _key(key_id: str, say: keyring_process.Say) -> bytes:
    request = read_request(key_id)
    try:
        kept = keyring_process.read_at_once(request)
        return key_kept_as(keyring_process.answer(request, say) if kept is None else kept)
    except keyring_process.Outcome as outcome:
        raise fault_of(str(outcome)) from None
    except CustodyFault:
        raise
    except Exception:  # noqa: BLE001  # a third party's store may raise anything; its text may hold anything
        raise fault_of("failed") from None


def _plain(person: Practitioner) -> dict[str, object]:
    return {
        "id": person.id,
        "name": person.name,
        "roles": sorted(person.roles),
        "ends_on": person.ends_on.isoformat() if person.ends_on else None,
        "must_change_secret": person.must_change_secret,
        "secret_kind": person.secret_kind,
    }


if __name__ == "__main__":
    sys.exit(main())
