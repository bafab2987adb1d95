"""What keeps the desk from opening, and the ways in: the sheet, another try, a backup brought back."""

from typing import TYPE_CHECKING

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.staff import Practitioner
from ui.door.recovery import Recovery

if TYPE_CHECKING:
    from rapportdesk.desk.desk import Desk
    from ui.start.application import Application


def show_trouble(application: "Application", fault: RapportError | None) -> None:
    """Say what keeps the desk from opening, or ask for the sheet somebody wants to use (None)."""
    page = Recovery(application.around.theme, fault, can_go_back=fault is None)
    page.code_typed.connect(lambda code: _recover(application, page, code))
    page.again_wanted.connect(application.try_again)
    page.back_wanted.connect(application.go_back_to_door)
    page.restore_wanted.connect(application.bring_back)
    application.window.show_page(page)


def _recover(application: "Application", page: Recovery, code: str) -> None:
    page.enter_busy()
    before, around = application.desk, application.around
    application.desk = None  # it is closed first: a code that opens nothing leaves none, and going back opens it anew

    def recover() -> "tuple[Desk, str, tuple[Practitioner, ...]]":
        from rapportdesk.desk.door.recovery import recover as by_sheet

        if before is not None:
            before.close()
        recovered = by_sheet(around.beginning.vault, around.beginning.custody, code, around.clock)
        return recovered.desk, recovered.reason, recovered.desk.door()

    def recovered(answer: "tuple[Desk, str, tuple[Practitioner, ...]]") -> None:
        desk, reason, people = answer
        application.desk_made(desk, people)
        kept = _("The desk is open again. Everybody’s own passphrase works.")
        application.show_sign_in(people).say(kept if not reason else f"{kept} {reason}")

    application.work.submit(page, recover, recovered, page.refuse)
