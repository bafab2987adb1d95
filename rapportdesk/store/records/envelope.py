"""Inside the patient's seal a thing lies open, or in a box for the clinicians or for its author alone.

Reception fills the clinicians' box and cannot open it; kind, text, topic and date are in the box. Nothing is encrypted
to a public key whose signatures were not checked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rapportdesk.errors import NotAllowed, Tampered
from rapportdesk.language import _
from rapportdesk.model.brief_read import BriefRead
from rapportdesk.model.note import Audience, Note
from rapportdesk.model.own import Own
from rapportdesk.model.rights import RightsEvent
from rapportdesk.model.task import Task
from rapportdesk.model.topic import TopicPermission
from rapportdesk.vault.clinicians import verify_chain
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.framing import frame, unframe
from rapportdesk.vault.hpke_box import CLINICIANS, open_from, seal_to
from rapportdesk.vault.keys import CliniciansPublic, SessionKeys
from rapportdesk.vault.signing import public_key

_KIND = "record"
"""What the box says it holds: all kinds say the same."""

_OPEN, _CLINICIANS, _AUTHOR = b"open", b"clinicians", b"author"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enveloped:
    """What lay inside the patient's seal.

    Attributes:
        epoch: For the clinicians: which generation of their key it is boxed to; else 0.
        author: For a draft: whose it is; else "".
        content: The payload, or None when this session has no key to the box, or has it no longer.
    """

    epoch: int = 0
    author: str = ""
    content: bytes | None


def for_clinicians(thing: Any) -> bool:
    """Whether only clinicians' keys may open the thing."""
    match thing:
        case (
            Note(audience=audience)
            | Task(audience=audience)
            | TopicPermission(name_for=audience)
            | RightsEvent(audience=audience)
        ):
            return audience is Audience.CLINICIANS
    return isinstance(thing, BriefRead)


class Envelopes:
    """Puts things into envelopes and takes them out, with the keys of one session.

    Args:
        vault_id: The vault's id.
        keys: What the signed-in person holds.
        chain: Reads the clinicians' public keys from the file.
    """

    def __init__(self, vault_id: str, keys: SessionKeys, chain: Callable[[], Sequence[CliniciansPublic]]) -> None:
        self._vault_id = vault_id
        self._keys = keys
        self._chain = chain
        self._verified: tuple[tuple[CliniciansPublic, ...], CliniciansPublic] | None = None

    @property
    def keys(self) -> SessionKeys:
        """What the signed-in person holds."""
        return self._keys

    def current_clinicians(self) -> CliniciansPublic | None:
        """Return the generation to seal to, every signature up to it checked; None before the first clinician.

        Raises:
            Tampered: A generation in the file was not signed by its predecessor, or the newest ones are missing.
        """
        chain = tuple(self._chain())
        if not chain and not self._keys.clinicians:
            return None
        if self._verified is None or self._verified[0] != chain:
            newest = max((pair.epoch for pair in self._keys.clinicians), default=1)
            current = verify_chain(chain, self._keys.clinic_public, self._vault_id, at_least=newest)
            self._verified = (chain, current)
        return self._verified[1]

    def close(self, thing: Any, payload: bytes) -> bytes:
        """Return the envelope for the thing's payload.

        Raises:
            NotAllowed: It is for clinicians, and there is none yet.
            Tampered: The clinicians' public keys in the file are not theirs.
        """
        if isinstance(thing, Own):
            own = public_key(self._keys.private_key)
            return frame(_AUTHOR, 0, thing.author, self._boxed(own, payload, epoch=0, recipient=thing.author))
        if for_clinicians(thing):
            return self.close_for_clinicians(payload)
        return frame(_OPEN, 0, "", payload)

    def close_for_clinicians(self, payload: bytes) -> bytes:
        """Return the envelope for clinicians of the current generation; raises as `close`."""
        current = self.current_clinicians()
        if current is None:
            raise NotAllowed(
                _("Nobody here is a clinician yet, so nothing can be kept for clinicians only."),
                _("Ask a manager to add a clinician first."),
            )
        box = self._boxed(current.x25519, payload, epoch=current.epoch, recipient=CLINICIANS)
        return frame(_CLINICIANS, current.epoch, "", box)

    def open(self, envelope: bytes) -> Enveloped:
        """Return what lies in the envelope.

        Raises:
            Tampered: It is none, or a box for the clinicians does not open with its own key.
        """
        kind, epoch_bytes, author_bytes, inside = unframe(envelope, 4)
        epoch = int.from_bytes(epoch_bytes, "big", signed=True)
        author = author_bytes.decode("ascii", "replace")
        if kind == _OPEN:
            return Enveloped(content=inside)
        if kind == _AUTHOR:
            return Enveloped(author=author, content=self._draft(author, inside))
        if kind == _CLINICIANS:
            private = next((pair.x25519 for pair in self._keys.clinicians if pair.epoch == epoch), None)
            content = self._unboxed(private, inside, epoch=epoch, recipient=CLINICIANS)
            return Enveloped(epoch=epoch, content=content)
        raise tampered()

    def _draft(self, author: str, box: bytes) -> bytes | None:
        """Return one's own draft; None for anybody else's, and for one's own from before a reset gave one new keys."""
        if author != self._keys.staff_id:
            return None
        try:
            return self._unboxed(self._keys.private_key, box, epoch=0, recipient=author)
        except Tampered:
            # The seal around it held, so nobody without keys has changed it.
            return None

    def _boxed(self, public: bytes, payload: bytes, *, epoch: int, recipient: str) -> bytes:
        return seal_to(public, payload, vault_id=self._vault_id, kind=_KIND, epoch=epoch, recipient=recipient)

    def _unboxed(self, private: bytes | None, box: bytes, *, epoch: int, recipient: str) -> bytes | None:
        if private is None:
            return None
        return open_from(private, box, vault_id=self._vault_id, kind=_KIND, epoch=epoch, recipient=recipient)
