"""Reads printed pages back, by somebody else's eyes: pypdf for the document, regular expressions for the drawing."""

import io
import re
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject


def pages_of(pdf: bytes) -> tuple[str, ...]:
    """Return the text of each page, on one line, without marks that only break or isolate."""
    texts = (page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return tuple(" ".join(re.sub("[\u200b\u2066-\u2069]", "", text).split()) for text in texts)


def text_of(pdf: bytes) -> str:
    """Return the text of all pages on one line."""
    return " ".join(pages_of(pdf))


def about(pdf: bytes) -> str:
    """Return all that the document says about itself: information dictionary, XMP and bookmarks."""
    reader = PdfReader(io.BytesIO(pdf))
    info = " ".join(str(value) for value in (reader.metadata or {}).values())
    return f"{info} {xmp_of(pdf)} {_titles(reader.outline)}"


def xmp_of(pdf: bytes) -> str:
    """Return the XMP packet."""
    packet = PdfReader(io.BytesIO(pdf)).root_object["/Metadata"].get_object()
    assert isinstance(packet, StreamObject)
    return packet.get_data().decode()


def said_in_catalogue(pdf: bytes, *keys: str) -> str:
    """Return an entry of the document catalogue, by its path of keys, as text."""
    found: PdfObject | None = PdfReader(io.BytesIO(pdf)).root_object
    for key in keys:
        assert isinstance(found, DictionaryObject)
        found = found[key].get_object()
    return str(found)


def tags_of(pdf: bytes) -> tuple[str, ...]:
    """Return the types of all structure elements in reading order."""
    return tuple(_types(PdfReader(io.BytesIO(pdf)).root_object["/StructTreeRoot"]))


def type_sizes(pdf: bytes) -> set[float]:
    """Return the sizes of all letters on all pages, in points."""
    sizes: set[float] = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=lambda _text, _cm, _tm, _font, size: sizes.add(round(float(size), 1)))
    return sizes


def lowest_line(pdf: bytes) -> float:
    """Return how far above the lower edge of its page the lowest line of any page stands, in points."""
    heights: list[float] = []

    def note(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        if text.strip():
            heights.append(tm[4] * cm[1] + tm[5] * cm[3] + cm[5])

    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=note)
    return min(heights)


def rectangles(svg: str, height: float) -> Iterator[tuple[float, float, float]]:
    """Yield x, y and width of each black rectangle of this height, in the order drawn."""
    shape = re.compile(
        r'<path fill="#000000" fill-rule="nonzero"(?: transform="translate\(([\d. ]+)\)")? '
        r'd="M 0 0v ([\d.]+)h ([\d.]+)v -[\d.]+Z "/>'
    )
    for place, tall, wide in shape.findall(svg):
        if abs(float(tall) - height) < 0.001:
            x, y = ([float(each) for each in place.split()] + [0.0, 0.0])[:2]
            yield x, y, float(wide)


def glyphs(svg: str) -> list[str]:
    """Return the ids of the letterforms in the order drawn."""
    return re.findall(r'<use xlink:href="#(g[0-9A-F]+)"', svg)


def _titles(outline: object) -> str:
    if isinstance(outline, list):
        return " ".join(_titles(each) for each in outline)
    return str(getattr(outline, "title", ""))


def _types(node: PdfObject | None) -> Iterator[str]:
    found = node.get_object() if node is not None else None
    if isinstance(found, ArrayObject):
        for each in found:
            yield from _types(each)
    elif isinstance(found, DictionaryObject):
        if "/S" in found:
            yield str(found["/S"])
        if "/K" in found:
            yield from _types(found["/K"])
