"""Two different lists of parts never encode to the same bytes.

What a seal is bound to, what a signature says and what a key is derived for are lists of parts. Each part carries its
own length, so that ("ab", "c") and ("a", "bc") stay apart.
"""

from rapportdesk.vault.faults import tampered

_LENGTH = 4


def frame(*parts: bytes | str | int) -> bytes:
    """Encode the parts, each as a 4-byte big-endian length and its bytes.

    Args:
        parts: Bytes as they are; text as UTF-8 (a lone surrogate as its three bytes, so that any typed name can be
            encoded); whole numbers as 8 signed big-endian bytes, which is what SQLite can hold.
    """
    framed = bytearray()
    for part in parts:
        if isinstance(part, int):
            content = part.to_bytes(8, "big", signed=True)
        elif isinstance(part, str):
            content = part.encode("utf-8", "surrogatepass")
        else:
            content = part
        framed += len(content).to_bytes(_LENGTH, "big")
        framed += content
    return bytes(framed)


def unframe(framed: bytes, count: int) -> tuple[bytes, ...]:
    """Return the `count` parts that `frame` encoded, all as bytes.

    Raises:
        Tampered: There are more parts, fewer parts, or a part is cut short.
    """
    parts: list[bytes] = []
    at = 0
    while at < len(framed):
        start = at + _LENGTH
        end = start + int.from_bytes(framed[at:start], "big")
        if end > len(framed) or start > len(framed):
            raise tampered()
        parts.append(framed[start:end])
        at = end
    if len(parts) != count:
        raise tampered()
    return tuple(parts)
