"""A recovery sheet explains itself to somebody who finds it in a safe years later, in a bad hour.

It says what it opens, how it is used and how it is kept. The code stands in numbered groups, as it is typed back, and
as a QR code (ISO/IEC 18004) of the same signs.
"""

import datetime as dt

from rapportdesk.language import _
from rapportdesk.paper.cleaning import page_text
from rapportdesk.paper.press import Paper, Printed, press
from rapportdesk.paper.wording import long_date, reading_locale
from rapportdesk.vault.sheets import SheetKind

_QR_ERROR_CORRECTION = "q"  # a quarter of it may be stained or folded away


def qr_rows(code: str) -> tuple[str, ...]:
    """Return the QR code of `code`, without its quiet zone, as rows of "1" (dark) and "0"."""
    import segno

    symbol = segno.make_qr(code, error=_QR_ERROR_CORRECTION)
    return tuple("".join("1" if module else "0" for module in row) for row in symbol.matrix_iter(border=0))


def typeset_sheet(
    kind: SheetKind,
    code: str,
    number: int,
    *,
    clinic_name: str,
    vault_name: str,
    made_on: dt.date,
    printed_at: dt.datetime,
    language: str = "",
    paper: Paper | None = None,
) -> Printed:
    """Set one numbered recovery sheet. The pages hold the code: print or save them and keep nothing.

    Args:
        kind: "desk" or "clinicians".
        code: As `vault.recovery_code.new_code` writes it, groups parted by hyphens.
        number: The sheet's number, by which a clinic tells old from new.
        clinic_name: Whose it is.
        vault_name: The vault's file name, for telling several apart; not its path.
        made_on: The local day on which the sheet was made.
        printed_at: Aware; becomes the PDF's date.
        language: POSIX or BCP 47 name for dates, direction and sheet size; by default the language in use.
        paper: Sheet size; None takes the locale's.
    """
    locale = reading_locale(language)
    ink = page_text(locale)
    name = _("Recovery sheet {number}").format(number=number)
    made = _("made {date}").format(date=long_date(made_on, locale))
    data = {
        "clinic": ink.typed(clinic_name),
        "heading": ink.words(name),
        "whose": ink.words(_("The desk’s sheet") if kind == "desk" else _("The clinicians’ sheet")),
        "facts": [ink.words(made), ink.typed(_("for the file {name}").format(name=vault_name))],
        "groups": code.split("-"),
        "qr": qr_rows(code),
        "qr_words": ink.words(_("The same code, to be scanned")),
        "parts": [
            {"heading": ink.words(heading), "points": [ink.words(point) for point in points]}
            for heading, points in (
                (_("What it opens"), _opens_desk() if kind == "desk" else _opens_clinicians()),
                (_("When it is needed"), _how_to_use(kind)),
                (_("How to keep it"), _how_to_keep(kind)),
            )
        ],
        "lines": [ink.words(_("Kept by:")), ink.words(_("Kept where:"))],
        "foot": [ink.words(name), ink.words(made)],
    }
    return press(
        "sheet.typ",
        data,
        title=_("Recovery sheet"),
        serial=str(number),
        printed_at=printed_at,
        locale=locale,
        paper=paper,
    )


def _opens_desk() -> tuple[str, ...]:
    return (
        _("RapportDesk itself, when this computer no longer opens it, or on a new computer with a backup."),
        _("All that the reception reads. What is sealed for the clinicians stays closed; their own sheet opens that."),
        _("Afterwards everybody signs in with their own passphrase or PIN, as before."),
    )


def _opens_clinicians() -> tuple[str, ...]:
    return (
        _("What is sealed for the clinicians, when no clinician can sign in any more."),
        _("Nothing by itself: the desk must be open, with the desk’s sheet or by signing in."),
    )


def _how_to_use(kind: SheetKind) -> tuple[str, ...]:
    screen = (
        _("Start RapportDesk and choose “Use the recovery sheet”.")
        if kind == "desk"
        else _("Sign in, or use the desk’s sheet first; then give RapportDesk this code.")
    )
    return (
        screen,
        _("Type the six groups, or scan the square. Capital or small letters, spaces and hyphens make no difference."),
        _("There is no letter O, I or L in it: read them as the digits 0 and 1."),
    )


def _how_to_keep(kind: SheetKind) -> tuple[str, ...]:
    holder = (
        _("In a safe or a locked drawer, away from the computer; best with a manager.")
        if kind == "desk"
        else _("In a safe or a locked drawer, away from the computer; with a clinician, not at the desk.")
    )
    return (
        holder,
        _("Do not photograph, copy, scan or send it. If it was saved as a file, print that and delete it."),
        _("If it may have been seen or lost, have a new one made; the sheet with the highest number counts."),
    )
