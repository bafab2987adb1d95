"""Every screen and dialog there is, each with how it is brought up on the invented clinic.

The command table says which screens exist; a command that opens one without a scene here fails a test, and so does a
class of widgets in `ui` that no scene shows.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from rapportdesk.desk.keys.custody import MemoryCustody
from tests.ui.stage import Stage, make_clinic
from ui.theme import Theme

ANA, OSEI, BEN = "Ana Ruiz", "Dr Osei", "Ben Morgan"
"""Reception, clinician, manager."""


class House(StrEnum):
    """What the window stands over."""

    NONE = "no file"
    EMPTY = "a desk with nobody in it"
    CLINIC = "the invented clinic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One picture of the window.

    Attributes:
        name: A file's name, and what a failing test says.
        show: Brings it up on a settled stage and returns what is to be looked at: the window, a dialog or a menu.
        who: Who has signed in; empty for nobody.
        house: What the window stands over.
        screen: The screen of the command table it shows; empty for a state of one that another scene shows.
    """

    name: str
    show: Callable[[Stage], QWidget]
    who: str = ""
    house: House = House.CLINIC
    screen: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A scene on its stage, settled."""

    scene: Scene
    stage: Stage
    widget: QWidget


def all_scenes() -> tuple[Scene, ...]:
    """Return every scene; those of one house and person stand together."""
    from tests.ui.scenes.accountability import ACCOUNTABILITY
    from tests.ui.scenes.asked import ASKED
    from tests.ui.scenes.audit import AUDIT, AUDIT_CLINICIAN, AUDIT_RECEPTION
    from tests.ui.scenes.backups import BACKUPS
    from tests.ui.scenes.brief import PAPER, SESSION
    from tests.ui.scenes.bring_in import BRING_IN, FOLDER
    from tests.ui.scenes.common_ground import COMMON_GROUND
    from tests.ui.scenes.consents import CONSENT_LISTS, CONSENTS
    from tests.ui.scenes.desk import CLINICIAN, MANAGER, RECEPTION
    from tests.ui.scenes.door import DOOR, EMPTY, FIRST_RUN
    from tests.ui.scenes.emergency import EMERGENCY
    from tests.ui.scenes.explained import EXPLAINED, EXPLAINED_CLINICIAN, LEAFLETS
    from tests.ui.scenes.feedback import FEEDBACK, FEEDBACK_MANAGER
    from tests.ui.scenes.monday import MONDAY
    from tests.ui.scenes.practice import PRACTICE
    from tests.ui.scenes.prints import PRINTS
    from tests.ui.scenes.promises import PROMISES, PROMISES_CLINICIAN
    from tests.ui.scenes.reach import REACH, REACH_MANAGER
    from tests.ui.scenes.report import REPORT
    from tests.ui.scenes.retention import RETENTION, RETENTION_CLINICIAN
    from tests.ui.scenes.rights import RIGHTS, RIGHTS_CLINICIAN, RIGHTS_MANAGER
    from tests.ui.scenes.staff import OWN_SECRET, STAFF
    from tests.ui.scenes.standing import STANDING
    from tests.ui.scenes.today import TODAY
    from tests.ui.scenes.topic import TOPIC
    from tests.ui.scenes.turned import TURNED
    from tests.ui.scenes.wording import WORDING

    voice = (*WORDING, *COMMON_GROUND, *PAPER, *FEEDBACK, *EXPLAINED)
    read = (*ASKED, *TURNED, *PRINTS, *CONSENTS, *AUDIT_RECEPTION, *RIGHTS)
    reception = (*RECEPTION, *TOPIC, *read, *voice, *REACH, *BRING_IN, *PROMISES)
    clinician = (
        *CLINICIAN,
        *AUDIT_CLINICIAN,
        *RIGHTS_CLINICIAN,
        *RETENTION_CLINICIAN,
        *SESSION,
        *EXPLAINED_CLINICIAN,
        *PROMISES_CLINICIAN,
    )
    manager = (
        *MANAGER,
        *PRACTICE,
        *CONSENT_LISTS,
        *AUDIT,
        *RIGHTS_MANAGER,
        *RETENTION,
        *ACCOUNTABILITY,
        *FEEDBACK_MANAGER,
        *LEAFLETS,
        *REACH_MANAGER,
        *BACKUPS,
        *REPORT,
        *MONDAY,
        *STANDING,
        *FOLDER,
    )
    return (*FIRST_RUN, *DOOR, *OWN_SECRET, *EMPTY, *reception, *TODAY, *clinician, *manager, *EMERGENCY, *STAFF)


class Gallery:
    """Walks scenes; before each, what the one before left is put away.

    Args:
        app: Qt's application.
        theme: In use; it may be changed between scenes.
        folder: An empty directory.
    """

    def __init__(self, app: QApplication, theme: Theme, folder: Path) -> None:
        self.app, self.theme, self._folder = app, theme, folder
        folder.mkdir(exist_ok=True)
        self._clinics: dict[House, tuple[Path, MemoryCustody] | None] = {House.NONE: None}
        self._number = 0

    def walk(self, scenes: Sequence[Scene], size: tuple[int, int] = (1366, 690)) -> Iterator[Shown]:
        """Bring the scenes up one after the other in a window of `size`; each is taken down for the next."""
        at = 0
        while at < len(scenes):
            house = scenes[at].house
            same = next((n for n in range(at, len(scenes)) if scenes[n].house is not house), len(scenes))
            with self.stage(house) as stage:
                stage.window.resize(*size)
                stage.settle()
                for scene in scenes[at:same]:
                    yield self._bring_up(stage, scene)
            at = same

    def stage(self, house: House = House.CLINIC) -> Stage:
        """Return a stage over a copy of a house of its own."""
        if house not in self._clinics:
            self._clinics[house] = make_clinic(self._folder / house.name, empty=house is House.EMPTY)
        self._number += 1
        return Stage(self.app, self.theme, self._clinics[house], self._folder / str(self._number))

    def _bring_up(self, stage: Stage, scene: Scene) -> Shown:
        application = stage.application
        if application.cover.is_up:
            application.cover.lift()
        application.window.turn_back()
        here = stage.shell.tools.viewer.name if application.shell is not None else ""
        if here and here != scene.who:
            stage.leave()
        if not scene.who:
            stage.close_dialogs()
        elif here == scene.who:
            stage.tidy()
        else:
            stage.enter(scene.who)
        stage.window.activateWindow()
        widget = scene.show(stage)
        stage.settle()
        if self.app.activeWindow() is None:  # the offscreen platform loses it with some changes of page
            widget.window().activateWindow()
            stage.settle()
        return Shown(scene, stage, widget)
