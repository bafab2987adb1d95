"""Ways to damage bytes, as hypothesis strategies."""

from hypothesis import strategies as st


def flipped(data: bytes, bit: int) -> bytes:
    """Return `data` with one bit flipped; `bit` counts through all of them and wraps."""
    at, mask = divmod(bit % (8 * len(data)), 8)
    return data[:at] + bytes([data[at] ^ 1 << mask]) + data[at + 1 :]


bits = st.integers(min_value=0, max_value=1 << 20)
keys = st.binary(min_size=32, max_size=32)
