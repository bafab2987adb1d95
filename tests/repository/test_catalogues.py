"""Every translation keeps the placeholders of what it translates, and a compiled catalogue answers."""

import gettext
import io
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.repository.tree import ROOT

CATALOGUES = sorted((ROOT / "resources" / "locale").glob("*/LC_MESSAGES/rapportdesk.po"))


def read(text: bytes) -> Catalog:
    """Read a catalogue, strictly."""
    return read_po(io.BytesIO(text), abort_invalid=True)


def placeholders(*texts: str) -> set[str]:
    """Return the names that messages are formatted with."""
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def strangers(catalogue: Catalog) -> list[str]:
    """Return the translations that ask for a name their original does not give."""
    found = []
    for message in catalogue:
        originals = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
        translations = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        found += [text for text in translations if text and placeholders(text) - placeholders(*originals)]
    return found


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_translations_ask_for_no_name_of_their_own(path: Path) -> None:
    assert strangers(read(path.read_bytes())) == []


def test_a_translated_placeholder_is_noticed() -> None:
    assert strangers(read(b'msgid "for {name}"\nmsgstr "i {enw}"\n')) == ["i {enw}"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_a_compiled_catalogue_answers_in_its_language_and_otherwise_in_english(path: Path) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, read(path.read_bytes()))
    compiled.seek(0)
    spoken = gettext.GNUTranslations(compiled)
    assert spoken.gettext("Today") != "Today"
    assert spoken.gettext("Not a string of this project") == "Not a string of this project"


def test_there_is_a_catalogue_to_test() -> None:
    assert "cy" in {path.parent.parent.name for path in CATALOGUES}
