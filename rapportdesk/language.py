"""Every string a person reads passes through here: one gettext catalogue for core and window.

`_` looks the catalogue up at the time of the call, so a string may be translated before or after the language is
chosen; never call it while a module is being imported.
"""

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

DOMAIN = "rapportdesk"
LOCALES = Path(__file__).resolve().parent.parent / "resources" / "locale"


class _Current:
    """The catalogue in use; the one piece of state that gettext itself keeps globally too."""

    translations: gettext.NullTranslations = gettext.NullTranslations()


_SPOKEN_HERE: ContextVar[gettext.NullTranslations | None] = ContextVar("spoken here", default=None)
"""What is spoken for a while by one thread alone, for a page in somebody else's language."""


@contextmanager
def speaking(translations: gettext.NullTranslations) -> Iterator[None]:
    """Say everything inside in another language, for this thread alone: the window goes on in its own."""
    before = _SPOKEN_HERE.set(translations)
    try:
        yield
    finally:
        _SPOKEN_HERE.reset(before)


def use_language(*languages: str) -> None:
    """Choose the catalogue for everything said from now on.

    Args:
        languages: POSIX or BCP 47 names, best first ("cy", "pt_BR"). Without any, the environment decides
            (LANGUAGE, LC_ALL, LC_MESSAGES, LANG). A language without a catalogue falls back to English.
    """
    names = [name.replace("-", "_") for name in languages] or None
    _Current.translations = gettext.translation(DOMAIN, os.fspath(LOCALES), names, fallback=True)


def catalogue(language: str) -> gettext.NullTranslations:
    """Return the catalogue of one language, for words that are somebody else's to read; it says English without one.

    Args:
        language: A POSIX or BCP 47 name.
    """
    return gettext.translation(DOMAIN, os.fspath(LOCALES), [language.replace("-", "_")], fallback=True)


def spoken() -> gettext.NullTranslations:
    """Return the catalogue in use, for words that are put together beside the others of their language."""
    return _SPOKEN_HERE.get() or _Current.translations


def languages_spoken() -> tuple[str, ...]:
    """Return the POSIX names of all languages that have a compiled catalogue, without English."""
    return tuple(sorted(found.parent.parent.name for found in LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))


def use_translations(translations: gettext.NullTranslations) -> None:
    """Choose a catalogue object directly: the pseudo-locale of the tests comes this way."""
    _Current.translations = translations


def locale_name() -> str:
    """Return the POSIX name of the language that is spoken, for dates and numbers; "en_GB" without one."""
    return spoken().info().get("language", "") or "en_GB"


def _(message: str) -> str:
    """Return `message` in the chosen language."""
    return spoken().gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of the message that fits `count`, in the chosen language."""
    return spoken().ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """Return `message` in the chosen language, told apart from its homonyms by `context`."""
    return spoken().pgettext(context, message)
