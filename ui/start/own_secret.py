"""Joins the page on which a one-time secret is changed to the desk, which refuses all else until then."""

from typing import TYPE_CHECKING

from rapportdesk.model.staff import Practitioner, Viewer
from ui.door.own_secret import OwnSecret

if TYPE_CHECKING:
    from ui.start.application import Application


def choose_own_secret(application: "Application", viewer: Viewer, given: str) -> None:
    """Show the page in place of the desk; the desk opens once a secret has been chosen, or it locks."""
    desk, work = application.desk, application.work
    person = next((each for each in application.people if each.id == viewer.staff), None)
    if desk is None or person is None:
        application.lock()
        return
    page = OwnSecret(application.around.theme, person, given)

    def change(old: str, new: str) -> None:
        def choose() -> tuple[Practitioner, ...]:
            desk.staff.change_secret(old, new)
            return desk.door()

        work.submit(page, choose, chosen, page.refuse)

    def chosen(people: tuple[Practitioner, ...]) -> None:
        application.desk_made(desk, people)
        application.enter(viewer)

    page.chosen.connect(change)
    page.left.connect(application.lock)
    application.window.show_page(page)
    application.idle.watch(application.around.settings.idle_minutes * 60.0)
