"""A sealed thing's size says little of what it holds.

Sizes are multiples of 64 bytes up to 512, so that a kind, a name and a short sentence look alike; above, Padmé bounds
what a size can tell to O(log log n) bits at no more than 12 % of waste (Nikitin et al., "Reducing Metadata Leakage from
Encrypted Files and Communication with PURBs", PoPETs 2019(4), algorithm 1), never in finer steps than 64 bytes.
"""

from rapportdesk.vault.faults import tampered

_PREFIX = 4
_STEP = 64
_EVEN_UP_TO = 512


def pad(data: bytes) -> bytes:
    """Return `data` behind its 4-byte big-endian length, filled with zeros to one of few sizes.

    Raises:
        ValueError: The data is 4 GiB or more.
    """
    if len(data) >= 1 << 8 * _PREFIX:
        raise ValueError("too large to pad")
    size = padded_size(len(data))
    return (len(data).to_bytes(_PREFIX, "big") + data).ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """Return what `pad` was given.

    Raises:
        Tampered: The bytes are none that `pad` could have written.
    """
    length = int.from_bytes(padded[:_PREFIX], "big")
    end = _PREFIX + length
    if len(padded) < _PREFIX or len(padded) != padded_size(length) or any(padded[end:]):
        raise tampered()
    return padded[_PREFIX:end]


def padded_size(length: int) -> int:
    """Return the size in bytes to which `length` bytes are padded, the length prefix included."""
    needed = _PREFIX + length
    step = _STEP
    if needed > _EVEN_UP_TO:
        exponent = needed.bit_length() - 1
        step = max(_STEP, 1 << (exponent - exponent.bit_length()))
    return -(-needed // step) * step
