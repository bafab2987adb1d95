"""The command line, for administration and for checking from outside.

Errors are one line on standard error, never a traceback and never a patient's text. Exit codes: 0 done, 1 refused or
failed, 2 wrong usage.
"""

import io
import os
import sys
from collections.abc import Sequence

from rapportdesk.command_line.parser import build_parser
from rapportdesk.errors import RapportError
from rapportdesk.event_log import redact_what_nobody_keeps
from rapportdesk.hardening import keep_memory_private
from rapportdesk.language import _, use_language

DONE, REFUSED, USAGE = 0, 1, 2


def main(arguments: Sequence[str]) -> int:
    """Run one sub-command and return its exit code.

    Args:
        arguments: What stands after the program's name.
    """
    keep_memory_private()
    redact_what_nobody_keeps()
    use_language()
    _say_anything()
    try:
        options = build_parser().understand(arguments)
    except SystemExit as ended:
        return USAGE if ended.code else DONE
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except RapportError as error:
        return _refuse(str(error))
    except KeyboardInterrupt:
        return _refuse(_("Stopped. Nothing was changed that had not been finished."))
    except BrokenPipeError:
        _let_go_of_output()
        return REFUSED
    except OSError as error:
        _let_go_of_output()
        return _refuse(_("The computer refused: {reason}.").format(reason=error.strerror or type(error).__name__))
    except Exception as bug:  # noqa: BLE001  # the last door: a bug must not print a patient's text
        where = _innermost(bug)
        return _refuse(
            _("Something went wrong inside ({kind} at {where}).").format(kind=type(bug).__name__, where=where)
        )
    return code


def _say_anything() -> None:
    """Let every name pass: UTF-8 in, odd bytes kept for the check that refuses them, and no errors on the way out.

    A stream that the caller closed is nothing to read from, or nowhere to write to.
    """
    sys.stdin = sys.stdin or io.StringIO()
    sys.stdout = sys.stdout or io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    sys.stderr = sys.stderr or io.StringIO()
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _let_go_of_output() -> None:
    """Give the interpreter something to flush into at its end: our output's reader has left, or its disk is full."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse(message: str) -> int:
    print(" ".join(message.split()), file=sys.stderr)
    return REFUSED


def _innermost(bug: BaseException) -> str:
    trace = bug.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "?"
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
