"""One typesetting path: a Typst template and data as JSON become a tagged PDF and the same pages as SVG.

The same data, moment and fonts give the same bytes. A page is PDF/UA-1 (ISO 14289-1) unless a sign on it has no font;
then it is printed all the same, not claimed to be accessible, and says so in words.

Text reaches the page as data alone and is never read as markup. Typst's own messages quote the page's text, so none of
them leaves this module.
"""

import datetime as dt
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from babel import Locale

from rapportdesk.language import _
from rapportdesk.paper.cleaning import page_text
from rapportdesk.paths import RESOURCES

if TYPE_CHECKING:  # 77 MB of typesetter: loaded when something is first printed
    from typst import Fonts

TEMPLATES = RESOURCES / "templates"
FONTS = RESOURCES / "fonts"

_SERIAL_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32: nothing that looks like something else


class Paper(StrEnum):
    """Sheet sizes, by Typst's names."""

    A4 = "a4"
    LETTER = "us-letter"


_LETTER_TERRITORIES = frozenset(
    {"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"}
)  # CLDR supplemental data, measurementData/paperSize


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """Pages ready to show, print and keep.

    Attributes:
        pdf: The whole document. Its metadata never name a patient.
        pages_svg: One SVG document for each page, for preview and for a printer.
        tagged: The PDF conforms to PDF/UA-1.
        serial: What is printed at the foot, for ticking the paper off when it is destroyed; empty for a look before.
        note: What the reader must know about these pages ("some signs could not be printed"); usually empty.
    """

    pdf: bytes
    pages_svg: tuple[str, ...]
    tagged: bool
    serial: str
    note: str = ""


def new_serial() -> str:
    """Return a fresh print serial such as "7K3M-Q2XD": random, so that it tells nothing of how much is printed."""
    signs = "".join(secrets.choice(_SERIAL_SIGNS) for _sign in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def paper_for(locale: Locale) -> Paper:
    """Return the sheet size that offices in the locale's territory use (CLDR); A4 where it names none."""
    return Paper.LETTER if locale.territory in _LETTER_TERRITORIES else Paper.A4


def press(
    template: str,
    data: Mapping[str, Any],
    *,
    title: str,
    serial: str,
    printed_at: dt.datetime,
    locale: Locale,
    paper: Paper | None = None,
) -> Printed:
    """Set one document. Takes tens of milliseconds, without holding up other threads.

    Args:
        template: File name in `resources/templates`.
        data: What the template prints: JSON types, every text already through `cleaning`.
        title: The document's title, a generic word that names nobody.
        serial: Printed by the template; handed on.
        printed_at: Aware; becomes the PDF's date.
        locale: Language and direction of the page.
        paper: Sheet size; None takes the locale's.
    """
    page = {
        "title": title,
        "paper": paper or paper_for(locale),
        "lang": locale.language,
        "region": locale.territory,
        "rtl": page_text(locale).rtl,
    }
    inputs = {"data": json.dumps({**data, "page": page})}
    made = _set(template, inputs, int(printed_at.timestamp()))
    note = "" if made.tagged else _no_letters()
    return Printed(pdf=made.pdf, pages_svg=made.pages_svg, tagged=made.tagged, serial=serial, note=note)


def _no_letters() -> str:
    return _("Some signs have no letters here and show as boxes; a screen reader may not read this page well.")


@dataclass(frozen=True, slots=True)
class _Made:
    pdf: bytes
    pages_svg: tuple[str, ...]
    tagged: bool


def _set(template: str, inputs: dict[str, str], timestamp: int) -> _Made:
    """Try the bundled fonts, then the computer's too (a rare ideograph, an emoji), then without the standard."""
    bundled, with_system = _fonts(system=False), _fonts(system=True)
    return (
        _compile(template, inputs, timestamp, bundled, tagged=True)
        or _compile(template, inputs, timestamp, with_system, tagged=True)
        or _compile(template, inputs, timestamp, with_system, tagged=False)
        or _give_up()
    )


def _fonts(*, system: bool) -> "Fonts":
    from typst import Fonts

    return Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _compile(template: str, inputs: dict[str, str], timestamp: int, fonts: "Fonts", *, tagged: bool) -> _Made | None:
    """Return the pages, or None when Typst refuses them."""
    from typst import Compiler, TypstError

    compiler = Compiler(str(TEMPLATES / template), root=str(TEMPLATES), font_paths=fonts, sys_inputs=inputs)
    try:
        pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"] if tagged else [], timestamp=timestamp)
        svg = compiler.compile(format="svg", timestamp=timestamp)
    except TypstError:
        return None  # its message quotes the text, and the next attempt or _give_up says what there is to say
    pages = svg if isinstance(svg, list) else [svg or b""]
    whole = pdf if isinstance(pdf, bytes) else b""
    return _Made(pdf=whole, pages_svg=tuple(each.decode() for each in pages), tagged=tagged)


def _give_up() -> _Made:
    raise RuntimeError("a page template does not compile")
