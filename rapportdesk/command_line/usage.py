"""Wrong usage is one line, like every other refusal, and repeats nothing that may be a patient's text."""

import argparse
import datetime as dt
import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NoReturn, TypeVar

from rapportdesk.language import _

USAGE = 2
"""The exit code of wrong usage."""

Choice = TypeVar("Choice", bound=StrEnum)


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line on standard error."""

    def understand(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Return what was said; every word has to have been understood.

        Raises:
            SystemExit: With 2 after wrong usage, with 0 after help.
        """
        options, left = self.parse_known_args(arguments)
        if left:
            self.error(_("There are words too many. Put a text of several words in quotation marks."))
        wanted: tuple[str, ...] = getattr(options, "at_least_one", ())
        if wanted and not any(getattr(options, each) for each in wanted):
            names = " ".join(f"--{each.replace('_', '-')}" for each in wanted)
            self.error(_("Say at least one of: {options}.").format(options=names))
        return options

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line and end."""
        said = f"{self.prog}: {_without_what_was_typed(message)}".rstrip(".")
        self.exit(USAGE, " ".join(f"{said}. {_('See {command} --help.').format(command=self.prog)}".split()) + "\n")


def _without_what_was_typed(message: str) -> str:
    """Return argparse's complaint without the word that it repeats, which may be a note in the wrong place."""
    message = re.sub(r"invalid choice: .*\((choose from .*)\)", r"\1", message, flags=re.DOTALL)
    return re.sub(r"(ignored explicit argument) .*", r"\1", message, flags=re.DOTALL)


def one_of(kind: type[Choice]) -> Callable[[str], Choice]:
    """Return the reader of an option that takes one of these words."""

    def read(text: str) -> Choice:
        try:
            return kind(text)
        except ValueError:
            raise argparse.ArgumentTypeError(_("Say one of {words}").format(words=", ".join(kind))) from None

    return read


def day(text: str) -> dt.date:
    """Read a local day written as 2026-11-20 (ISO 8601)."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("Say a day as 2026-11-20")) from None


def count(text: str) -> int:
    """Read a number that is not below nought."""
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise argparse.ArgumentTypeError(_("Say a number"))
    return int(text)
