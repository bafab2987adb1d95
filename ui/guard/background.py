"""What goes on by itself while somebody is signed in: search, check, comparison with yesterday, backup, retention."""

from typing import TYPE_CHECKING

from rapportdesk.model.staff import Role
from ui.guard.background_backup import BackgroundBackup
from ui.guard.background_check import BackgroundCheck
from ui.guard.background_index import BackgroundIndex
from ui.guard.background_retention import BackgroundRetention
from ui.guard.background_standing import BackgroundStanding
from ui.guard.idle import Idle
from ui.work import Work

if TYPE_CHECKING:
    from rapportdesk.desk.desk import Desk
    from ui.frame.shell import Shell


def begin_background(work: Work, desk: "Desk", shell: "Shell", idle: Idle) -> None:
    """Begin all of it, each when its time has come; it ends with the sign-in.

    Args:
        work: Where it runs, in steps between which a save goes first.
        desk: With somebody signed in.
        shell: What they see.
        idle: Knows since when nobody has touched anything.
    """
    messages = shell.tools.messages
    manager = Role.MANAGER in shell.tools.viewer.roles
    look = (lambda: shell.run("standing")) if manager else None
    BackgroundIndex(work, desk, shell).begin_later()
    BackgroundStanding(work, desk, messages, look).begin_later()
    BackgroundCheck(work, desk, messages, look).begin_later()
    BackgroundBackup(work, desk, messages, idle.quiet_s).begin_later()
    if shell.tools.viewer.roles & {Role.MANAGER, Role.CLINICIAN}:
        BackgroundRetention(work, desk, messages, shell.refresh, idle.quiet_s).begin_later()
