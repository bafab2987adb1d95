"""How the file stood is asked of the password store, and told to it, on a thread that touches nothing else.

The store is never trusted to be well: nobody waits for it but who says so, and what it does not take is noted and tried
again with the next.
"""

import hashlib
import os
import threading
from dataclasses import dataclass
from pathlib import Path

from rapportdesk.errors import CustodyFault, KeyMissing, Tampered
from rapportdesk.vault.anchor import Anchor
from rapportdesk.vault.custody import Custody


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What the password store answered.

    Attributes:
        anchor: How the file stood; None where it remembers nothing of it.
        fault: Why there is no answer; None where there is one.
    """

    anchor: Anchor | None = None
    fault: CustodyFault | None = None


class Remembering:
    """The anchor of one file, in one password store.

    Args:
        custody: The store.
        vault_id: The file's id.
        path: Where it lies. A copy that is taken to another place is a file of its own, and accuses nobody.

    Attributes:
        place: Of the file, in letters that tell nothing.
        proven: Whether the password store was found to remember this place: it gave an anchor, or took one.
        fault: Why the last anchor could not be kept; None when it was.
    """

    def __init__(self, custody: Custody, vault_id: str, path: Path) -> None:
        self.place = place = hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:16]
        self._custody, self._name = custody, f"{vault_id}/{place}"
        self._lock = threading.Lock()
        self._writing: threading.Thread | None = None
        self._to_keep: Anchor | None = None
        self._asking: threading.Thread | None = None
        self._answer: Remembered | None = None
        self.proven = False
        self.fault: CustodyFault | None = None

    def ask(self) -> None:
        """Begin to ask, unless it is being asked already."""
        if self._asking is None or not self._asking.is_alive():
            self._answer = None
            self._asking = threading.Thread(target=self._ask, name="anchor asked", daemon=True)
            self._asking.start()

    def answer(self) -> Remembered:
        """Wait for the answer, and ask first where nobody has; may be called on any thread."""
        if self._asking is None:
            self.ask()
        asking = self._asking
        if asking is not None:
            asking.join()
        answer = self._answer
        return answer if answer is not None else Remembered(fault=CustodyFault(""))

    def keep(self, anchor: Anchor) -> None:
        """Have an anchor kept, without waiting; what waits to be kept is overtaken by it."""
        with self._lock:
            self._to_keep = anchor
            if self._writing is None:
                self._writing = threading.Thread(target=self._write, name="anchor kept", daemon=True)
                self._writing.start()

    def wait(self, seconds: float) -> None:
        """Give what is being kept so long to get there."""
        with self._lock:
            writing = self._writing
        if writing is not None:
            writing.join(seconds)

    def _ask(self) -> None:
        try:
            text = self._custody.read_anchor(self._name)
            self._answer = Remembered(anchor=Anchor.from_text(text))
            self.proven = True
        except (KeyMissing, Tampered):  # Tampered: something that is no anchor, as good as none
            self._answer = Remembered()
        except CustodyFault as fault:
            self._answer = Remembered(fault=fault)

    def _write(self) -> None:
        while True:
            with self._lock:
                anchor, self._to_keep = self._to_keep, None
                if anchor is None:
                    self._writing = None
                    return
            try:
                self._custody.keep_anchor(self._name, anchor.to_text())
                self.fault, self.proven = None, True
            except CustodyFault as fault:
                self.fault = fault
