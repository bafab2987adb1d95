"""Fonts and icons carry their licences and are what Qt and Typst can read."""

import json
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typst

from tests.repository.tree import ROOT

ICONS = ROOT / "resources" / "icons"
FONTS = ROOT / "resources" / "fonts"

NAMES = """Łukasz Żółć, Siân Ŵŷn, Nguyễn Thị Ánh, Şükrü İğde, Александр Ґонта, Ελένη Παπαδοπούλου, محمد پگاه, משה כהן,
राम कुमार, রহিম উদ্দিন, สมชาย ใจดี, Հայկ, გიორგი, አበበ, முருகன், ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ, પટેલ, ಕುಮಾರ, സുരേഷ്, రాజు, සුනිල්, សុខ, ສົມ,
အောင်, ଓଡ଼ିଆ, ދިވެހި, 李伟, 王喆, 陳美玲, 김민준, 田中さくら, ܐܒܐ, ⵣⵉⵔⵉ, ᏣᎳᎩ, ᐃᓄᒃ, ߒߞߏ, say ˈɬɛu̯ɛlɪn"""

PAGE = """#set document(title: "Names")
#set text(font: json(bytes(sys.inputs.families)), lang: "en")
#sys.inputs.text"""


def icon_faults(icon: str) -> list[str]:
    """Return what keeps an SVG text from being recoloured and scaled."""
    root = ElementTree.fromstring(icon)  # noqa: S314 - the project's own file
    drawn = {element.get("stroke") for element in root.iter()} | {element.get("fill") for element in root.iter()}
    faults = [] if root.get("viewBox") else ["no viewBox"]
    faults += [] if "currentColor" in drawn else ["nothing in currentColor"]
    return faults + [f"a colour of its own, {colour}" for colour in drawn - {None, "none", "currentColor"}]


def tables(font: bytes) -> set[str]:
    """Return the tags of an OpenType font's tables (OpenType 1.9, "Table Directory")."""
    (count,) = struct.unpack_from(">H", font, 4)
    return {font[12 + 16 * i : 16 + 16 * i].decode("ascii") for i in range(count)}


def typeset(text: str) -> bytes:
    """Set a tagged page in the bundled fonts alone; a glyph that none of them has is an error."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    ordered = ["Inter", *(family for family in fonts.families() if family != "Inter")]
    return typst.compile(
        PAGE.encode(),
        format="pdf",
        pdf_standards=["ua-1"],
        font_paths=fonts,
        sys_inputs={"families": json.dumps(ordered), "text": text},
    )


@pytest.mark.parametrize("icon", sorted(ICONS.glob("*.svg")), ids=lambda path: path.stem)
def test_an_icon_scales_and_takes_the_colour_of_its_text(icon: Path) -> None:
    faults = icon_faults(icon.read_text(encoding="utf-8"))
    # The application's own icon has the project's colours.
    assert bool(faults) == (icon.stem == "rapportdesk"), faults


def test_a_bad_icon_is_noticed() -> None:
    assert icon_faults('<svg xmlns="http://www.w3.org/2000/svg"><path stroke="#000"/></svg>') == [
        "no viewBox",
        "nothing in currentColor",
        "a colour of its own, #000",
    ]


@pytest.mark.parametrize("font", sorted(FONTS.glob("*.[ot]tf")), ids=lambda path: path.stem)
def test_a_font_is_static_because_typst_reads_no_other(font: Path) -> None:
    found = tables(font.read_bytes())
    assert {"cmap", "name", "head"} <= found
    assert "fvar" not in found


def test_fonts_and_icons_come_with_their_licences() -> None:
    for licence in (FONTS / "Inter-LICENSE.txt", FONTS / "Noto-LICENSE.txt"):
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text(encoding="utf-8")
    assert "ISC License" in (ICONS / "Lucide-LICENSE.txt").read_text(encoding="utf-8")


def test_the_fonts_stay_small_enough_to_carry_along() -> None:
    assert sum(font.stat().st_size for font in FONTS.glob("*.[ot]tf")) < 12_000_000


def test_names_of_many_scripts_print_in_the_bundled_fonts() -> None:
    assert typeset(NAMES).startswith(b"%PDF")


def test_a_sign_that_no_bundled_font_has_is_noticed() -> None:
    with pytest.raises(typst.TypstError):
        typeset(NAMES + " \N{SMILING FACE WITH SUNGLASSES}")
