"""Starts the window, or hands a sub-command on without ever importing Qt. No logic: only what comes first.

The window starts in three stages, because everybody waits for the first two and nobody for the third:

1. Before Qt is imported another process is asked who may sign in (`ui.start.beginning`).
2. The sign-in is painted with its names and takes keys (`ui.start.run`). What these two may import is counted by
   `tests/ui/start/test_first_stage.py`.
3. Once it has been painted: the lock at suspend, the cover, reports of bugs, other scripts' fonts, and the desk itself,
   which the worker opens while somebody types (`ui.start.run.once_painted`, `ui.start.application`), and in the end
   the screens behind the sign-in (`ui.start.import_behind`).
"""

import gc
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rapportdesk.desk.door.door_question import DoorQuestion


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit code.

    Args:
        arguments: What stands after the program's name; `sys.argv` unless given.
    """
    given = sys.argv[1:] if arguments is None else arguments
    ahead = _start_ahead(given)
    from rapportdesk.language import use_language
    from ui.start.options import read_options

    options = read_options(given)
    if options is None:
        from rapportdesk.cli import main as run_command

        return run_command(given)
    use_language()
    if options.demo:
        from ui.start.qt_import import import_qt

        import_qt()
        from ui.start.run_demo import run_demo

        return run_demo(options)
    from rapportdesk.paths import default_vault
    from ui.start.beginning import begin

    beginning = begin(options.vault or default_vault(), ahead=ahead)
    from ui.start.qt_import import import_qt

    import_qt()
    from ui.start.run import run_window

    return run_window(beginning)


def _start_ahead(given: list[str]) -> "DoorQuestion | None":
    """Start the other process at once where the window itself was asked for; it needs longer than everything here."""
    is_window = not given or (len(given) == 1 and given[0].startswith("--vault=")) or given[:-1] == ["--vault"]
    if not is_window:
        return None
    # What is made while the program starts stays until it ends; looking through it for garbage takes 4 ms of the start.
    gc.disable()
    from rapportdesk.desk.door.door_question import start_ahead

    return start_ahead()


if __name__ == "__main__":
    sys.exit(main())
