"""How a command comes to an open desk: the vault's path, who signs in, and where the secret is read from."""

import argparse
import getpass
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rapportdesk.clock import SystemClock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.standing import standing_words
from rapportdesk.desk.keys.custody import system_custody
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.paths import default_vault

BYTE_ORDER_MARK = "\ufeff"

LONGEST_LINE = 4096
"""Bytes of a secret's line that are read: enough for any secret, and bounded for a file without an end."""


def vault_path(options: argparse.Namespace) -> Path:
    """Return the vault's file as an absolute path."""
    given: Path | None = options.vault
    return (given or default_vault()).absolute()


@contextmanager
def signed_in(options: argparse.Namespace, secret: str | None = None) -> Iterator[Desk]:
    """Open the vault and sign the named person in; close it again whatever happens.

    Args:
        options: With `vault`, `staff` and `secret_file`.
        secret: When it has been read already.

    Raises:
        RapportError: The vault, the password store or the secret stands in the way.
    """
    with Desk.open(vault_path(options), system_custody(), SystemClock()) as desk:
        desk.standing.ask()
        people = desk.door()
        if options.staff:
            named = [person for person in people if person.name.casefold() == options.staff.casefold()]
        else:
            named = list(people)
        if len(named) != 1:
            raise NotFound(
                _("Nobody of that name works here.") if options.staff else _("Who is signing in? Say --staff NAME.")
            )
        secret = secret or read_secret(options.secret_file, named[0].name)
        desk.sign_in(named[0].id, secret)
        if not desk.must_change_secret and (found := desk.standing.compare()).needs_deciding:
            sys.stderr.write(f"{standing_words(found)} {_('A manager decides: `rapportdesk verify --go-on`.')}\n")
        yield desk


def read_secret(file: str | None, name: str) -> str:
    """Return the secret: the first line of `file` ("-" is standard input), or what is typed at a prompt.

    Raises:
        BadInput: The file cannot be read as text, is empty, or there is nobody to ask.
    """
    if file is None:
        return _ask(_("Secret of {name}: ").format(name=name))
    try:
        if file == "-":
            line = _text(sys.stdin.readline(LONGEST_LINE))
        else:
            with Path(file).open("rb") as lines:
                line = lines.readline(LONGEST_LINE).decode("utf-8-sig")
    except (OSError, ValueError):  # ValueError: no UTF-8, or a NUL in the name
        raise BadInput(_("The file with the secret cannot be read.")) from None
    secret = line.rstrip("\r\n")
    if not secret:
        raise BadInput(_("The file with the secret is empty."))
    return secret


def from_standard_input(longest: int) -> str:
    """Return what is left of standard input, at most `longest` characters, without a byte order mark.

    What is no UTF-8 comes as lone surrogates, for the check that refuses them.
    """
    return sys.stdin.read(longest).removeprefix(BYTE_ORDER_MARK)


def _text(line: str) -> str:
    """Return a line of standard input without a byte order mark; raises UnicodeEncodeError where it is no UTF-8."""
    line.encode()
    return line.removeprefix(BYTE_ORDER_MARK)


def _ask(prompt: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)  # it would show what is typed
            return getpass.getpass(prompt)
    except (EOFError, getpass.GetPassWarning):
        raise BadInput(_("There is nobody here to ask for the secret."), _("Say --secret-file FILE.")) from None


def patient_named(desk: Desk, named: str) -> PatientId:
    """Return the one patient with this id or this number.

    Raises:
        NotFound: There is none, or the number belongs to several.
    """
    try:
        named.encode()
        return desk.people.get(PatientId(named)).id
    except UnicodeEncodeError:
        found: tuple[PatientId, ...] = ()
    except NotFound:
        found = desk.search.by_number(named)
    if len(found) != 1:
        raise NotFound(
            _("There is no patient with that id or number.") if not found else _("Several patients have that number."),
            _("`rapportdesk search NAME` shows the ids."),
        )
    return found[0]
