"""Whatever is written in a note, a page names no other file, goes nowhere when pressed, and shows no picture of it."""

import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from rapportdesk.model.note import NoteKind
from tests.paper import test_brief_page, test_patient_file
from tests.paper.invented import brief_saying, note
from tests.paper.reading import text_of

HOSTILE = (
    "<img src='file:///etc/passwd'>",
    '#image("/etc/passwd")',
    '#read("../../resources/templates/brief.typ")',
    "file:///etc/passwd https://example.org/x",
    '#link("file:///etc/passwd")[here]',
    '<a href="javascript:1">x</a><svg onload=alert(1)>',
)
REACHES = {"/URI", "/Launch", "/GoToR", "/SubmitForm", "/ImportData", "/JavaScript", "/EmbeddedFiles", "/OpenAction"}


def reaches(pdf: bytes) -> set[str]:
    """Return what in a document leads out of it, or shows a picture."""
    reader, found = PdfReader(io.BytesIO(pdf)), set[str]()
    size = reader.trailer["/Size"]
    assert isinstance(size, int)
    held = [reader.get_object(IndirectObject(number, 0, reader)) for number in range(1, size)]
    assert any(isinstance(each, DictionaryObject) and each.get("/Type") == "/Page" for each in held)
    for each in held:
        found |= _within(each)
    return found


def _within(held: object) -> set[str]:
    if isinstance(held, DictionaryObject):
        picture = {"/Image"} if held.get("/Subtype") == "/Image" else set()
        kinds = {str(held.get("/S", ""))} & REACHES
        return (
            picture | kinds | (set(map(str, held)) & REACHES) | {each for one in held.values() for each in _within(one)}
        )
    if isinstance(held, ArrayObject):
        return {each for one in held for each in _within(one)}
    return set()


def svg_reaches(pages: tuple[str, ...]) -> list[str]:
    """Return every address in drawn pages that is not one of their own signs, and every picture."""
    drawn = "".join(pages)
    addresses = re.findall(r"(?:href|src)\s*=\s*[\"']([^\"'#][^\"']*)", drawn)
    return [*addresses, *re.findall(r"<(?:image|script|foreignObject|a)\b", drawn)]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_note_on_paper_reaches_nothing(text: str) -> None:
    for made in (
        test_brief_page.printed(brief_saying(text)),
        test_patient_file.printed(replace(note(text, kind=NoteKind.HOBBY), noted_by_name=text)),
    ):
        assert reaches(made.pdf) == set()
        assert svg_reaches(made.pages_svg) == []
        assert text.split()[0] in text_of(made.pdf), "it stands there as it was typed"


def test_what_reaches_out_is_found() -> None:
    """The control: a page that does lead elsewhere."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="file:///etc/passwd"))
    writer.add_attachment("passwd", b"root")
    out = io.BytesIO()
    writer.write(out)
    assert reaches(out.getvalue()) >= {"/URI", "/EmbeddedFiles"}
    assert svg_reaches(('<svg><a xlink:href="file:///x"><image href="y.png"/></a></svg>',)) == [
        "file:///x", "y.png", "<a", "<image",
    ]  # fmt: skip
