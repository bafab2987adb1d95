"""Device keys in the operating system's password store, each question asked by a process that can be killed.

One service name per key id, `RapportDesk/<id>`, because some stores rewrite earlier entries under a shared one.
"""

from base64 import b64encode
from collections.abc import Sequence

from rapportdesk.vault.faults import require_same
from rapportdesk.vault.keyring_client import Question
from rapportdesk.vault.keyring_entries import anchor_request, entry_request, fault_of, key_kept_as, read_request
from rapportdesk.vault.spawned import default_command, spawn


class KeyringCustody:
    """Keeps device keys in the Secret Service, KWallet, Windows' or macOS' own store; see `custody.Custody`.

    Args:
        timeout_s: Seconds in which the store must answer, its start included.
        person_timeout_s: Seconds which a person may take to answer the store's question; not counted in `timeout_s`.
        command: Starts the asking process; by default this program's own.
    """

    def __init__(
        self, timeout_s: float = 15.0, person_timeout_s: float = 300.0, command: Sequence[str] | None = None
    ) -> None:
        self._timeout_s, self._person_timeout_s = timeout_s, person_timeout_s
        self._command = list(command) if command is not None else default_command()
        self._ahead: Question | None = None

    def start_ahead(self) -> None:
        """Start the asking process before it is known which key to ask for; the next question goes to it.

        Whoever then asks nothing calls `give_up`.
        """
        self._ahead = self._ahead or self._start(None)

    def give_up(self) -> None:
        """End the process started ahead, if no question was put to it."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            ahead.cancel()

    def read(self, key_id: str) -> bytes:
        """Return the key kept under this id."""
        return self.start_read(key_id).result()

    def start_read(self, key_id: str) -> "PendingKeyringRead":
        """Ask for a key and return at once; `result` or `cancel` must be called in the end."""
        return PendingKeyringRead(self._question(read_request(key_id)))

    def write(self, key_id: str, key: bytes) -> None:
        """Keep a new key; an entry that exists is left as it is."""
        _value(self._question({**entry_request("write", key_id), "value": b64encode(key).decode()}))

    def delete(self, key_id: str) -> None:
        """Remove an entry."""
        _value(self._question(entry_request("delete", key_id)))

    def prove(self, key_id: str, key: bytes) -> None:
        """Read the key back in a fresh process and compare."""
        require_same(self.read(key_id), key)

    def read_anchor(self, name: str) -> str:
        """Return how the file stood when it was last noted."""
        return _value(self._start(anchor_request("look", name)))

    def keep_anchor(self, name: str, anchor: str) -> None:
        """Note how the file stands."""
        _value(self._start({**anchor_request("replace", name), "value": anchor}))

    def store_name(self) -> str:
        """Return the store's own name, such as "Secret Service"; raises NoKeyring or KeyringTimeout."""
        return _value(self._question(entry_request("name", "")))

    def _question(self, request: dict[str, str]) -> Question:
        ahead, self._ahead = self._ahead, None
        if ahead is None:
            return self._start(request)
        ahead.ask(request)
        return ahead

    def _start(self, request: dict[str, str] | None) -> Question:
        return Question(
            spawn(self._command), request, timeout_s=self._timeout_s, person_timeout_s=self._person_timeout_s
        )


class PendingKeyringRead:
    """A key that has been asked for and not been waited for yet; see `custody.PendingRead`."""

    def __init__(self, question: Question) -> None:
        self._question = question

    def result(self) -> bytes:
        """Wait for the key."""
        return key_kept_as(_value(self._question))

    def cancel(self) -> None:
        """Stop waiting and kill the asking process."""
        self._question.cancel()


def _value(question: Question) -> str:
    answer = question.answer()
    if answer["outcome"] == "done":
        return answer["value"]
    raise fault_of(answer["outcome"])
