"""Words for paper: what it is, its serial, when and by whom it was printed; never whom it is about."""

from rapportdesk.language import _, ngettext
from rapportdesk.model.printout import PrintKind, Printout
from ui.look.bidi import isolate
from ui.look.dates import short_date


def print_words(printout: Printout) -> str:
    """Return what one print is called: "Brief X7K2-91QF, 20 Nov 2026, Dr Osei"."""
    kinds = {PrintKind.BRIEF: _("Brief"), PrintKind.DESK_SLIP: _("Desk slip"), PrintKind.DAY_SHEET: _("Day sheet")}
    kind = kinds[printout.kind]
    return _("{kind} {serial}, {day}, {name}").format(
        kind=kind, serial=printout.serial, day=short_date(printout.on), name=isolate(printout.printed_by_name)
    )


def prints_waiting_words(count: int) -> str:
    """Return that paper of earlier days waits."""
    return ngettext(
        "{count} page printed before today is not ticked as destroyed.",
        "{count} pages printed before today are not ticked as destroyed.", count,
    ).format(count=count)  # fmt: skip
