"""A recovery code survives handwriting: what was misread is noticed, and the group it stands in is named.

130 random bits in Crockford's base32 (26 symbols; https://www.crockford.com/base32.html: case, spaces and hyphens do
not matter, O reads as 0, I and L as 1) and four check symbols, thirty symbols in six groups of five. Crockford's own
check symbol (modulo 37) needs five signs more than the alphabet has, and only detects. The check symbols here are those
of the Reed-Solomon code [30, 26] over GF(32) (Reed and Solomon, J. SIAM 8 (1960) 300), whose words differ in at least
five symbols: up to four wrong symbols are always noticed, so every single error and every transposition, and a single
error can be located. They are computed from the code alone and weaken nothing.
"""

import secrets
from collections.abc import Sequence
from functools import cache
from itertools import product

from rapportdesk.errors import BadInput
from rapportdesk.language import _, ngettext

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = {**{symbol: value for value, symbol in enumerate(_ALPHABET)}, "O": 0, "I": 1, "L": 1}
_IGNORED = frozenset(" -\t\r\n\u00a0\u2010\u2011\u2012\u2013\u2014\u2212")
_RANDOM_SYMBOLS = 26
_SYMBOLS = 30
_GROUP = 5
_FIELD = 0b100101  # x**5 + x**2 + 1, primitive over GF(2); 2 generates the field
_ROOTS = (2, 4, 8, 16)  # its first four powers, at which every code word is zero
_CHECKS = len(_ROOTS)


def new_code() -> str:
    """Return a new code of 130 random bits, as six groups of five symbols."""
    return code_of([secrets.randbelow(len(_ALPHABET)) for _symbol in range(_RANDOM_SYMBOLS)])


def code_of(values: Sequence[int]) -> str:
    """Return the code whose random symbols are these 26 numbers from 0 to 31."""
    return _written([*values, *_check_symbols(values)])


def parse_code(text: str) -> str:
    """Return the code as `new_code` wrote it.

    Args:
        text: What somebody typed or scanned, in any case, with or without spaces and hyphens.

    Raises:
        BadInput: A symbol does not occur in codes, some are missing or too many, or the check does not hold; the
            sentence names the group to look at where it can be told.
    """
    symbols = [symbol for symbol in text[: 20 * _SYMBOLS].upper() if symbol not in _IGNORED]
    for position, symbol in enumerate(symbols[:_SYMBOLS]):
        if symbol not in _READ_AS:
            raise BadInput(
                _("Group {number} has a sign that recovery codes do not use.").format(number=_group(position)),
                _("Codes are made of digits and letters other than U."),
            )
    if len(symbols) != _SYMBOLS:
        raise BadInput(
            ngettext(
                "A recovery code has 30 signs in six groups of five; there is {count} here.",
                "A recovery code has 30 signs in six groups of five; there are {count} here.",
                len(symbols),
            ).format(count=len(symbols)),
            _("Look for a group that was left out or typed twice."),
        )
    values = [_READ_AS[symbol] for symbol in symbols]
    if not _is_word(values):
        raise _misread(values)
    return _written(values)


def code_bytes(code: str) -> bytes:
    """Return the 130 bits of a code, as `parse_code` returns it, in 17 bytes."""
    number = 0
    for value in [_READ_AS[symbol] for symbol in code if symbol not in _IGNORED][:_RANDOM_SYMBOLS]:
        number = number << 5 | value
    return number.to_bytes(17, "big")


def _written(values: list[int]) -> str:
    symbols = "".join(_ALPHABET[value] for value in values)
    return "-".join(symbols[at : at + _GROUP] for at in range(0, _SYMBOLS, _GROUP))


def _group(position: int) -> int:
    return position // _GROUP + 1


def _misread(values: list[int]) -> BadInput:
    groups = _groups_to_look_at(values)
    if not groups:
        return BadInput(_("That code is not quite right."), _("Compare it with the sheet, group by group."))
    return BadInput(
        _("That code is not quite right: look at group {number}.").format(
            number=" / ".join(str(group) for group in groups)
        ),
        _("One sign there is misread, or two have changed places."),
    )


def _groups_to_look_at(values: list[int]) -> list[int]:
    """Return the groups in which one changed symbol, or two neighbours exchanged, would make a code of it."""
    for position, value in product(range(_SYMBOLS), range(len(_ALPHABET))):
        if _is_word([*values[:position], value, *values[position + 1 :]]):
            return [_group(position)]
    for position in range(_SYMBOLS - 1):
        first, second = values[position : position + 2]
        if _is_word([*values[:position], second, first, *values[position + 2 :]]):
            return sorted({_group(position), _group(position + 1)})
    return []


def _is_word(values: list[int]) -> bool:
    return not any(_evaluate(values, root) for root in _ROOTS)


def _evaluate(values: list[int], at: int) -> int:
    """Horner's rule over GF(32), highest power first."""
    result = 0
    for value in values:
        result = _times(result, at) ^ value
    return result


def _check_symbols(values: Sequence[int]) -> list[int]:
    """Return the remainder of the message, shifted by four symbols, by the product of (x - root) over the roots."""
    generator = [1]
    for root in _ROOTS:
        generator = [a ^ _times(b, root) for a, b in zip([*generator, 0], [0, *generator], strict=True)]
    remainder = [*values, *[0] * _CHECKS]
    for position in range(len(values)):
        factor = remainder[position]
        for offset, coefficient in enumerate(generator):
            remainder[position + offset] ^= _times(factor, coefficient)
    return remainder[-_CHECKS:]


@cache  # 1,024 products at most
def _times(left: int, right: int) -> int:
    """Multiply in GF(32): carry-less, reduced by the field's polynomial."""
    product_ = 0
    while right:
        if right & 1:
            product_ ^= left
        left <<= 1
        if left & 0b100000:
            left ^= _FIELD
        right >>= 1
    return product_
