"""Starts the window, or hands a sub-command on without ever importing Qt. No logic: only what comes first.

Another process finds out who may sign in before Qt is imported here, because both take their time.
"""

import gc
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rapportdesk.desk.door_question import DoorQuestion


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
    if options.demo:
        from ui.start.qt_import import import_qt

        use_language()
        import_qt()
        from ui.start.run_demo import run_demo

        return run_demo(options)
    from rapportdesk.paths import default_vault
    from ui.start.beginning import begin

    beginning = begin(options.vault or default_vault(), ahead=ahead)
    use_language()
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
    from rapportdesk.desk.door_question import start_ahead

    return start_ahead()


if __name__ == "__main__":
    sys.exit(main())
