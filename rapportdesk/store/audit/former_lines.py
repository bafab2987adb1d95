"""After a new vault key the audit's lines lie under the former one, and are moved under it from the oldest on.

The chain holds all the while: a line is linked by the key it lies under, to the link that the line before it had when
it was written. Of the line at which the moving stands both links are known, the one of before and the present one.
"""

from dataclasses import dataclass, field

from rapportdesk.vault.faults import tampered


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerLines:
    """Which lines lie under a former vault key still.

    Attributes:
        key: The former vault key.
        until: The number of the last line that was written under it.
        moved: The number of the last line that has been moved; where the chain begins, while none was.
        link: What that line's link was before it was moved.
        relinked: What it is now.
    """

    key: bytes = field(repr=False)
    until: int
    moved: int
    link: bytes
    relinked: bytes

    def hold(self, sequence: int) -> bool:
        """Whether a line lies under the former key."""
        return self.moved < sequence <= self.until

    def told(self) -> dict[str, str | int]:
        """Return it as it is kept."""
        return {
            "key": self.key.hex(), "until": self.until, "moved": self.moved,
            "link": self.link.hex(), "relinked": self.relinked.hex(),
        }  # fmt: skip

    @classmethod
    def read(cls, told: dict[str, str | int]) -> "FormerLines":
        """Return what `told` told; Tampered if it is nothing of the kind."""
        try:
            key, link, relinked = (bytes.fromhex(str(told[name])) for name in ("key", "link", "relinked"))
            return cls(key=key, until=int(told["until"]), moved=int(told["moved"]), link=link, relinked=relinked)
        except (KeyError, ValueError):
            raise tampered() from None
