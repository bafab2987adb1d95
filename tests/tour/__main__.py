"""The tour as a program: `python -m tests.tour` takes a picture of every screen and dialog and fails on what is cut."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.ui.offscreen import use_offscreen

OUT = Path("build") / "tour"


def main() -> int:
    """Take the pictures and return how it went."""
    parser = argparse.ArgumentParser(prog="python -m tests.tour", description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT, help=f"where the pictures go; {OUT} unless given")
    parser.add_argument("--only", nargs="*", default=[""], help="scenes whose names begin with one of these")
    parser.add_argument("--look", default="", help="looks whose names begin so, such as dark-200; all unless given")
    parser.add_argument("--quick", action="store_true", help="one theme and no pictures: only the checks")
    given = parser.parse_args()
    use_offscreen()
    os.environ["QT_LOGGING_RULES"] = "default.warning=false;qt.text.font.db.info=false"

    from tests.tour.tour import SCALES, WIDTHS, Look, check, picture
    from tests.ui.screens import all_scenes
    from ui.look.palette import LIGHT, PALETTES
    from ui.start.run import make_app
    from ui.theme import Theme, load_fonts, load_other_scripts

    app = make_app()
    load_fonts()
    theme = Theme(LIGHT)
    theme.apply(app)
    theme.also(load_other_scripts(), app)
    scenes = [scene for scene in all_scenes() if scene.name.startswith(tuple(given.only))]
    found: list[str] = []
    with tempfile.TemporaryDirectory(prefix="rapportdesk-tour-") as work:
        if given.quick:
            for scale in SCALES:
                found += check(app, theme, scale, scenes, Path(work))
        else:
            looks = [Look(palette, scale, width) for palette in PALETTES for scale in SCALES for width in WIDTHS]
            for look in [each for each in looks if each.name.startswith(given.look)]:
                found += picture(app, theme, look, scenes, Path(work), given.out)
                print(f"{look.name}: {len(scenes)} pictures", flush=True)  # noqa: T201  # a program's own report
    print("\n".join(found) or f"All of {len(scenes)} scenes can be read.")  # noqa: T201  # a program's own report
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
