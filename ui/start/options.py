"""What the window's own command line may hold; anything else is a sub-command and none of the window's business."""

from pathlib import Path
from typing import NamedTuple


class Options(NamedTuple):
    """How the window was started.

    Attributes:
        vault: The vault's file; None for the platform's own place.
        demo: On a throw-away vault of invented people.
        offscreen: Where a demo without a screen saves its picture; None when nothing was said.
    """

    vault: Path | None = None
    demo: bool = False
    offscreen: Path | None = None


def read_options(arguments: list[str]) -> Options | None:
    """Return the window's options, or None when the arguments are for the sub-commands (wrong ones too)."""
    vault: Path | None = None
    offscreen: Path | None = None
    demo = False
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if word == "--demo":
            demo = True
        elif name in {"--vault", "--offscreen"} and (equals or rest):
            path = Path(value if equals else rest.pop(0))
            if name == "--vault":
                vault = path
            else:
                offscreen = path
        else:
            return None
    if offscreen is not None and not demo:
        return None
    return Options(vault=vault, demo=demo, offscreen=offscreen)
