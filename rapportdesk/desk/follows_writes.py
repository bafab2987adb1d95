"""What a sign-in asks of its read model, which is derived and follows (rapportdesk.desk.search.indexing)."""

from collections.abc import Generator, Iterable
from typing import Protocol

from rapportdesk.model.identity import PatientId
from rapportdesk.readmodel.layers import Layers


class FollowsWrites(Protocol):
    """The read model of one sign-in."""

    @property
    def index(self) -> Layers:
        """What is asked."""
        ...

    @property
    def built(self) -> bool:
        """Whether everybody has been told."""
        ...

    @property
    def is_current(self) -> bool:
        """Whether what it has been told so far holds."""
        ...

    def follow(self, patients: Iterable[PatientId]) -> None:
        """Bring it up to date with these people."""

    def steps(self) -> Generator[tuple[int, int], None, None]:
        """Tell what is not told yet, in short steps."""
        ...

    def leave_no_bytes(self, *, erased: bool) -> None:
        """Have nothing in its files' bytes of what was taken out of the vault; see `Session.leave_no_bytes`."""

    def close(self) -> None:
        """Close it and drop what was decrypted for it."""
