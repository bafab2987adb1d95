"""One question to the platform's password store, asked in a process of its own so that it can be killed.

A stopped store blocks for ever, and a thread cannot be ended. The question comes as one line of JSON on standard input
and the answers go as lines of JSON to standard output, so that no key is ever an argument or in the environment.
Before the platform asks the person something (to unlock the store, to let a program in) this process says
`{"state": "asking"}`, and `{"state": "asked"}` after it, so that the asker does not count that time.

Only stores known to protect what they keep are used: the Secret Service, KWallet, Windows' and macOS' own; out of
several the first of these. This file imports nothing of RapportDesk, so that it runs by its path alone.
"""

import importlib
import json
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import Any

STORES = {
    "keyring.backends.SecretService.Keyring": "Secret Service",
    "keyring.backends.kwallet.DBusKeyring": "KWallet",
    "keyring.backends.Windows.WinVaultKeyring": "Windows Credential Manager",
    "keyring.backends.macOS.Keyring": "macOS Keychain",
}
"""The stores that are used, by the exact class; a class derived from one may do anything and is unknown."""

_UNASKED = frozenset({"look", "replace"})
"""What is done in passing: nobody is asked to unlock anything for it."""

_ASKS_UNSEEN = frozenset({"KWallet", "macOS Keychain"})  # cannot be looked at without the person being asked
_NOTHING = "keyring.backends.fail.Keyring"
_MACOS_NO_INTERACTION = -25308  # errSecInteractionNotAllowed: locked, and no way to ask
_REQUEST_MOST = 65536
_PR_SET_DUMPABLE = 4  # linux/prctl.h
_KEYRING_FILE = "python_keyring/keyringrc.cfg"
_KEYRING_HOMES = (("XDG_CONFIG_HOME", "~/.config"), ("XDG_DATA_HOME", "~/.local/share"))

Say = Callable[[dict[str, str]], None]


class Outcome(Exception):  # no fault of this program: how the question ended
    """The end of the question: "absent", "unfit", "locked", "missing", "exists" or "failed"."""


def main() -> int:
    """Answer the question on standard input; returns the exit status."""
    keep_memory_private()
    # Whatever a store's library prints goes to standard error, never between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)

    def say(said: dict[str, str]) -> None:
        answers.write(json.dumps(said) + "\n")
        answers.flush()

    import_ahead()
    try:
        request = json.loads(sys.stdin.readline(_REQUEST_MOST))
        kept = read_at_once(request)
        say({"outcome": "done", "value": answer(request, say) if kept is None else kept})
    except Outcome as outcome:
        say({"outcome": str(outcome)})
    except Exception as fault:  # noqa: BLE001  # a third party's store may raise anything; its text may hold anything
        say({"outcome": "failed", "fault": type(fault).__name__})
    return 0


def keep_memory_private() -> None:
    """Leave no dump and, on Linux, let no other program of this account look in here: a key passes through.

    As `rapportdesk.hardening`, which this file cannot import; what the asking process forbade ends with its program.
    """
    if sys.platform == "win32":
        return
    import ctypes
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def read_at_once(request: dict[str, str]) -> str | None:
    """Return an entry that lies open in the Secret Service, without the 150 ms in which keyring looks for its stores.

    Whatever else is the case (another store was configured, none is there, it is locked, the entry is missing) is None
    and for `answer` to find out and to say.
    """
    if request["action"] != "read" or not _may_be_quick():
        return None
    import secretstorage

    try:
        with closing(secretstorage.dbus_init()) as bus:
            collection = secretstorage.Collection(bus)
            query = {"service": request["service"], "username": request["user"]}
            for item in () if collection.is_locked() else collection.search_items(query):
                return None if item.is_locked() else item.get_secret().decode()
    except (secretstorage.SecretStorageException, UnicodeDecodeError):
        return None  # the long way asks again and says what is the matter
    return None


def _may_be_quick() -> bool:
    """Whether keyring would choose its store by itself: no person and no file tells it which to use."""
    if not sys.platform.startswith("linux") or "PYTHON_KEYRING_BACKEND" in os.environ:
        return False
    homes = (os.environ.get(name, fallback) for name, fallback in _KEYRING_HOMES)
    return not any(os.path.exists(os.path.join(os.path.expanduser(home), _KEYRING_FILE)) for home in homes)  # noqa: PTH110, PTH111, PTH118  # pathlib takes as long to import as the question


def import_ahead() -> None:
    """Import what the quick way needs while the asker is still finding out which key to ask for."""
    if _may_be_quick():
        importlib.import_module("secretstorage")


def answer(request: dict[str, str], say: Say) -> str:
    """Do what is asked.

    Args:
        request: "action" (read, write, delete, name; look and replace, for which nobody is asked anything), "service",
            "user", and for write and replace "value".
        say: Takes what is to be told before the answer.

    Returns:
        What was read; the store's name for "name"; else "".

    Raises:
        Outcome: The question ended otherwise.
    """
    import keyring
    from keyring import errors

    try:
        backend = choose(keyring.get_keyring())
        if request["action"] == "name":
            return STORES[_name(backend)]
        with_person(backend, request, say)
        return _ask(backend, request)
    except errors.KeyringLocked:
        raise Outcome("locked") from None
    except errors.InitError as fault:
        # The person dismissed the question for a new collection's password, or the store went away.
        dismissed = type(fault.__cause__).__name__ == "PromptDismissedException"
        raise Outcome("locked" if dismissed else "failed") from None
    except errors.NoKeyringError:
        raise Outcome("absent") from None
    except errors.KeyringError as fault:
        cause = fault.__cause__
        if cause is not None and cause.args[:1] == (_MACOS_NO_INTERACTION,):
            raise Outcome("locked") from None
        raise


def choose(configured: object) -> Any:
    """Return the store to use, a keyring backend.

    Args:
        configured: What the keyring library chose or was told to use; a chainer of several, perhaps.

    Raises:
        Outcome: "absent" if there is none at all, "unfit" if there are only such as do not protect a key.
    """
    candidates: Iterable[object] = [configured]
    if _name(configured) == "keyring.backends.chainer.ChainerBackend":
        candidates = configured.backends  # type: ignore[attr-defined]  # the library ships no types for it
    seen = list(candidates)
    for backend in seen:
        if _name(backend) in STORES:
            return backend
    raise Outcome("absent" if all(_name(backend) == _NOTHING for backend in seen) else "unfit")


def with_person(backend: Any, request: dict[str, str], say: Say) -> None:
    """Have the platform ask the person whatever it must ask, saying so before and after.

    Raises:
        Outcome: "locked" if the store stays locked, "missing" if there is no collection that could hold the entry.
    """
    store, unasked = STORES[_name(backend)], request["action"] in _UNASKED
    if store in _ASKS_UNSEEN:
        say({"state": "asking"})
    if store != "Secret Service":
        return
    import secretstorage

    with closing(secretstorage.dbus_init()) as bus:
        try:
            collection = _collection(backend, bus)
        except secretstorage.ItemNotFoundException:
            if request["action"] != "write":
                raise Outcome("missing") from None
            say({"state": "asking"})  # the store will ask for a new collection's password
            return
        _unlock(collection, say, unasked=unasked)
        query = {"service": request["service"], "username": request["user"]}
        for item in collection.search_items(query):
            _unlock(item, say, unasked=unasked)


def _collection(backend: Any, bus: Any) -> Any:
    """Return the collection the backend will use; never creates one."""
    import secretstorage

    preferred = getattr(backend, "preferred_collection", None)
    return secretstorage.Collection(bus, preferred) if preferred else secretstorage.Collection(bus)


def _unlock(thing: Any, say: Say, *, unasked: bool) -> None:
    if not thing.is_locked():
        return
    if unasked:
        raise Outcome("locked")
    say({"state": "asking"})
    thing.unlock()
    say({"state": "asked"})
    if thing.is_locked():
        raise Outcome("locked")


def _ask(backend: Any, request: dict[str, str]) -> str:
    service, user = request["service"], request["user"]
    if request["action"] == "replace":
        backend.set_password(service, user, request["value"])
        return ""
    try:
        kept = backend.get_password(service, user)
    except UnicodeDecodeError:
        kept = ""  # there is an entry, and no key of ours
    if request["action"] == "write":
        if kept is not None:
            raise Outcome("exists")
        backend.set_password(service, user, request["value"])
        return ""
    if kept is None:
        raise Outcome("missing")
    if request["action"] == "delete":
        backend.delete_password(service, user)
        return ""
    return str(kept)


def _name(backend: object) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


if __name__ == "__main__":
    sys.exit(main())
