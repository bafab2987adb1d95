"""What people read is in their own words: ours for how it is done stand in no sentence, menu or help of the program."""

import argparse
import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.extract import extract_from_dir

from rapportdesk.command_line.parser import build_parser
from tests.repository.tree import ROOT

OURS = (
    "database", "index", "key", "vault", "keyring", "manifest", "token", "hash", "sqlite", "schema", "migration",
    "daemon", "payload", "nonce", "checksum", "ciphertext", "decryption", "epoch", "backend", "traceback", "exception",
    "thread", "null", "salt", "argon2id", "hpke", "aead", "mac", "wal", "authenticated", "grant", "commit", "parse",
)  # fmt: skip
"""Words for how it is done, each with its plural."""

THEIRS = {
    "key": (  # on the keyboard
        "All keys",
        "F9 covers this window; other programs do not hear the key.",
        "{found}. Choose by the birth date with an arrow key, then Enter.",
        "{found} in notes and promises. Choose with an arrow key, then Enter.",
    ),
    "keyring": (  # the name of a program, as its maker writes it
        "Set up GNOME Keyring, KWallet, or the store that came with Windows or macOS.",
        "On Linux, GNOME Keyring or KWallet is needed.",
    ),
    "decryption": ("Encryption and decryption",),  # the standard's own name of its row, 45 CFR 164.312(a)(2)(iv)
    "argon2id": (  # a supervisor asks which
        "A name and a secret, slow to guess (Argon2id), bound to this computer; wrong ones have to wait.",
    ),
    "index": (  # what stands in the files' names, which are theirs to delete
        "Delete the files whose names hold “-index” while RapportDesk is closed: they are made anew.",
    ),
    "mac": (  # the computer
        "old Mac",
        "Look for BitLocker on Windows or FileVault on a Mac. An administrator who resets a Windows password also "
        "destroys what opens the desk there: have the recovery sheet at hand.",
    ),
}
"""Sentences in which such a word is the reader's own, by word."""

PLACEHOLDER = re.compile(r"\{[^}]*\}")
FOUND = re.compile(rf"\b({'|'.join(OURS)})(?:s|es)?\b", re.IGNORECASE)


def ours_in(sentence: str) -> set[str]:
    """Return which words of ours a sentence holds; a placeholder's name is not read by anybody."""
    return {word.casefold() for word in FOUND.findall(PLACEHOLDER.sub("", sentence))}


@cache
def translatable() -> tuple[tuple[str, str], ...]:
    """Return every string of the program that is translated, each with its file."""
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
    methods = [("**.py", "python"), ("**.j2", "jinja2")]
    return tuple(
        (sentence, f"{folder}/{file}")
        for folder in ("rapportdesk", "ui", "resources")
        for file, _line, message, _comments, _context in extract_from_dir(ROOT / folder, methods, {}, keywords)
        for sentence in ((message,) if isinstance(message, str) else message)
        if sentence
    )


def helped(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield every sentence of a parser's help, and of the sub-commands below it."""
    yield parser.description or ""
    for action in parser._actions:
        yield action.help or ""
        if isinstance(action, argparse._SubParsersAction):
            yield from (each.help or "" for each in action._choices_actions)
            for below in action.choices.values():
                yield from helped(below)


def wrong(sentences: Iterator[tuple[str, str]]) -> list[str]:
    """Return the sentences with a word of ours that is not named as the reader's."""
    return sorted(
        {
            f"{file}: {word} in “{sentence}”"
            for sentence, file in sentences
            for word in ours_in(sentence)
            if sentence not in THEIRS.get(word, ())
        }
    )


def test_what_is_read_is_in_the_readers_words() -> None:
    assert wrong(iter(translatable())) == []


def test_the_help_of_the_command_line_is_too() -> None:
    help_sentences = [(sentence, "--help") for sentence in helped(build_parser()) if sentence]
    assert len(help_sentences) > 50
    assert wrong(iter(help_sentences)) == []


def test_all_of_it_is_read_and_no_exception_is_stale() -> None:
    sentences = {sentence for sentence, _file in translatable()}
    assert len(sentences) > 2_000
    assert {"Today", "{n} record", "{n} records"} <= sentences  # a plain one, one of each number
    assert {each for allowed in THEIRS.values() for each in allowed} <= sentences


@pytest.mark.parametrize("sentence", ["The database is locked.", "Two vaults.", "Each has keys.", "An index", "A MAC"])
def test_a_word_of_ours_is_noticed(sentence: str) -> None:
    assert wrong(iter([(sentence, "planted")]))


@pytest.mark.parametrize("sentence", ["{key} plans it", "monkeys", "a turnkey", "Please thread{index}ing"])
def test_what_only_looks_like_one_is_not(sentence: str) -> None:
    assert not wrong(iter([(sentence, "planted")]))
