"""Each name keeps its own direction: the Unicode isolates (UAX #9) around it, and nothing heavier to import."""

FIRST_STRONG_ISOLATE = "\u2068"
POP_DIRECTIONAL_ISOLATE = "\u2069"


def isolate(name: str) -> str:
    """Return `name` wrapped so that its direction is its own; an empty name stays empty."""
    return f"{FIRST_STRONG_ISOLATE}{name}{POP_DIRECTIONAL_ISOLATE}" if name else ""
