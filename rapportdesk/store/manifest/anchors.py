"""How the file stands is written into the chain of the audit; a file that descends from how it stood holds the line.

The line comes first, and what is remembered elsewhere after it: a crash between the two accuses nobody.
"""

from dataclasses import dataclass

from rapportdesk.model.audit import AuditAction
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.manifest.anchored import Anchored
from rapportdesk.store.opened import Opened
from rapportdesk.vault.anchor import Anchor

_LOOKED_BACK = 2_000
"""Lines that are looked through whatever their times: some tens of milliseconds."""

_COMES_FROM_ELSEWHERE = frozenset({AuditAction.RESTORED, AuditAction.RECOVERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """What the chain of the audit tells of an anchor.

    Attributes:
        descends: The file descends from how it stood at the anchor.
        ever_anchored: The file was ever anchored by a session.
        place: Where the file lay then; empty where the password store was not known to remember that place.
        elsewhere: A backup was restored (RESTORED) or a sheet used (RECOVERED) since it was last anchored, if either.
        elsewhere_why: The reason in that line.
    """

    descends: bool
    ever_anchored: bool
    place: str
    elsewhere: AuditAction | None
    elsewhere_why: str


class Anchors:
    """How one file stands and stood, by one session's keys.

    Args:
        file: The open vault.
        opened: What the session's keys make of it.
    """

    def __init__(self, file: VaultFile, opened: Opened) -> None:
        self._file = file
        self._opened = opened

    def epoch(self) -> int:
        """Return the manifest's epoch, which grows with every commit; Tampered if the manifest does not open."""
        with self._file.reading() as reading:
            return reading.recorded().epoch

    def anchor(self, place: str = "") -> Anchor:
        """Write into the chain how the file stands now, and return it to be kept elsewhere.

        Args:
            place: Of the file, where it is known that the place is remembered.

        Raises:
            Tampered: The manifest does not open.
        """
        held = self._opened
        with self._file.transaction() as writing:
            made = Anchor.of(writing.recorded(), held.keeper.key, self._file.vault_id, held.audit.now())
            held.audit.append(Anchored(at=made.at, epoch=made.epoch, tag=made.tag, place=place))
        return made

    def adopt(self, foreign: Anchor) -> None:
        """Write into the chain that this file stands in the place of one that stood so, with the practice's knowledge.

        Args:
            foreign: What the password store remembers of the other one.
        """
        held = self._opened
        held.audit.append(Anchored(at=held.audit.now(), epoch=foreign.epoch, tag=foreign.tag, foreign=True))

    def trace(self, anchor: Anchor | None) -> Traced:
        """Look the chain through for an anchor, newest line first and no farther than needed; None for any at all."""
        descends = ever_anchored = False
        elsewhere: AuditAction | None = None
        why = place = ""
        for number, line in enumerate(self._opened.audit.newest_first()):
            if isinstance(line, Anchored):
                descends = descends or (anchor is not None and line.says(anchor))
                if not line.foreign and not ever_anchored:
                    ever_anchored, place = True, line.place
            elif line.action in _COMES_FROM_ELSEWHERE and not ever_anchored and elsewhere is None:
                elsewhere, why = line.action, line.why
            if descends or (ever_anchored and anchor is None):
                break
            if number >= _LOOKED_BACK and (anchor is None or line.at < anchor.at):
                break
        return Traced(
            descends=descends, ever_anchored=ever_anchored, place=place, elsewhere=elsewhere, elsewhere_why=why
        )
