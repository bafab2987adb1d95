"""Codes survive handwriting, and every single error and transposition is noticed."""

from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rapportdesk.errors import BadInput
from rapportdesk.vault.recovery_code import code_bytes, code_of, new_code, parse_code

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
codes = st.lists(st.integers(0, 31), min_size=26, max_size=26).map(code_of)


def symbols(code: str) -> str:
    return code.replace("-", "")


@given(codes)
@settings(deadline=None)
def test_a_code_is_six_groups_of_five(code: str) -> None:
    assert [len(group) for group in code.split("-")] == [5] * 6
    assert set(symbols(code)) <= set(ALPHABET)
    assert parse_code(code) == code


def test_codes_hold_130_random_bits() -> None:
    made = [symbols(new_code()) for _each in range(1000)]
    for position in range(26):
        assert len({code[position] for code in made}) == 32  # fails by chance less than once in 10**10 runs
    assert len({code_bytes(code) for code in made}) == 1000
    assert len(code_bytes(made[0])) * 8 >= 130


@given(codes, st.data())
@settings(deadline=None)
def test_case_spaces_hyphens_and_look_alikes_do_not_matter(code: str, data: st.DataObject) -> None:
    alike = {"0": "0oO", "1": "1iIlL"}
    typed = "".join(
        data.draw(st.sampled_from(alike.get(symbol, symbol + symbol.lower())))
        + data.draw(st.sampled_from(["", " ", "-", "\u00a0", "\u2013", "\t", "\n"]))
        for symbol in symbols(code)
    )
    assert parse_code(typed) == code


def test_every_single_error_is_noticed_and_its_group_named() -> None:
    code = symbols(new_code())
    for position, wrong in product(range(30), ALPHABET):
        if wrong == code[position]:
            continue
        with pytest.raises(BadInput) as refused:
            parse_code(code[:position] + wrong + code[position + 1 :])
        assert f"group {position // 5 + 1}." in refused.value.message


@given(codes, st.integers(0, 29), st.sampled_from(ALPHABET))
@settings(deadline=None)
def test_a_single_error_in_any_code_is_noticed(code: str, position: int, wrong: str) -> None:
    typed = symbols(code)
    assume(typed[position] != wrong)
    with pytest.raises(BadInput):
        parse_code(typed[:position] + wrong + typed[position + 1 :])


@given(codes, st.integers(0, 28))
@settings(deadline=None)
def test_neighbours_exchanged_are_noticed_and_their_group_named(code: str, position: int) -> None:
    typed = symbols(code)
    assume(typed[position] != typed[position + 1])
    exchanged = typed[:position] + typed[position + 1] + typed[position] + typed[position + 2 :]
    with pytest.raises(BadInput) as refused:
        parse_code(exchanged)
    assert str(position // 5 + 1) in refused.value.message


@given(codes, st.sets(st.integers(0, 29), min_size=2, max_size=4), st.data())
@settings(deadline=None, max_examples=60)
def test_up_to_four_errors_are_noticed(code: str, positions: set[int], data: st.DataObject) -> None:
    typed = list(symbols(code))
    for position in positions:
        typed[position] = data.draw(st.sampled_from(sorted(set(ALPHABET) - {typed[position]})))
    with pytest.raises(BadInput):
        parse_code("".join(typed))


def test_without_check_symbols_an_error_would_pass_as_another_code() -> None:
    """The control: the random symbols alone cannot tell."""
    code = new_code()
    other = ("1" if code[0] == "0" else "0") + code[1:]
    assert code_bytes(code) != code_bytes(other)


@pytest.mark.parametrize("count", [0, 1, 25, 29, 31, 60])
def test_a_code_of_another_length_says_how_many_signs_there_are(count: int) -> None:
    with pytest.raises(BadInput, match=f" {count} "):
        parse_code("7" * count)


@pytest.mark.parametrize(
    ("typed", "group"), [("U" * 30, 1), ("77777 77777 7777é 77777 77777 77777", 3), ("\ud800" * 30, 1), ("\u202e7", 1)]
)
def test_a_foreign_sign_is_named_by_its_group(typed: str, group: int) -> None:
    with pytest.raises(BadInput, match=f"Group {group} "):
        parse_code(typed)


def test_a_mebibyte_pasted_is_refused_in_a_sentence() -> None:
    with pytest.raises(BadInput) as refused:
        parse_code("7" * (1 << 20))
    assert len(str(refused.value)) < 200
