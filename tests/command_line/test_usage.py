"""Every command says what it takes; wrong usage is one line and exit 2; and no sub-command ever loads a window."""

import json

import pytest

from rapportdesk import __version__
from rapportdesk.model.note import NoteKind
from tests.command_line.program import ENTRY_POINT, SUB_COMMANDS, Program

COMMANDS = (
    ("init",), ("demo-vault",), ("staff", "add"), ("staff", "list"), ("staff", "admit"), ("staff", "remove"),
    ("staff", "secret"), ("import",), ("search",), ("note", "add"), ("note", "kinds"), ("consent", "set"),
    ("topic", "set"), ("brief",), ("verify",), ("audit",), ("doctor",),
)  # fmt: skip

WRONG = (
    (), ("nonsense",), ("staff",), ("note",), ("search",), ("import",), ("note", "add", "1"),
    ("note", "add", "1", "--kind", "gossip", "x"),
    ("consent", "set", "1", "--covers", "everything", "--status", "active"),
    ("consent", "set", "1", "--covers", "phone", "--status", "draft"),
    ("topic", "set", "1", "--topic", "money", "--permission", "sometimes"),
    ("brief", "--date", "the twentieth"), ("brief", "--date", "2026-02-30"),
    ("brief", "--date", "2026-11-20", "--patient", "1"), ("brief", "--format", "docx"),
    ("demo-vault", "--patients", "-1"), ("demo-vault", "--patients", "many"), ("init", "--role", "owner"),
    ("audit", "--since", "yesterday"), ("staff", "add", "Eve"),
)  # fmt: skip


@pytest.fixture(scope="module")
def bare() -> Program:
    """The program with no password store, no home and no vault: whatever works here needs none of them."""
    return Program({"HOME": "/nonexistent"})


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_of_the_contract_explains_itself(
    capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    from rapportdesk.cli import main

    assert main([*command, "--help"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"usage: rapportdesk {' '.join(command)}")
    assert said.err == ""


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_takes_a_vault_and_speaks_json(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    from rapportdesk.cli import main

    assert main([*command, "--help"]) == 0
    said = capsys.readouterr().out
    assert "--vault PATH" in said
    assert "--json" in said


@pytest.mark.parametrize("arguments", WRONG, ids=lambda arguments: " ".join(arguments) or "nothing")
def test_wrong_usage_is_one_line_and_exit_2(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    from rapportdesk.cli import main

    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1


def test_a_note_that_was_not_quoted_is_not_repeated_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    from rapportdesk.cli import main

    assert main(["note", "add", "40218", "--kind", "hobby", "Grows", "prize", "leeks"]) == 2
    said = capsys.readouterr().err
    assert "leeks" not in said
    assert "quotation marks" in said


@pytest.mark.parametrize(
    "arguments",
    [
        ("note", "Grows leeks (choose from 'these')"),
        ("Grows\nleeks",),
        ("note", "add", "40218", "--kind", "leeks", "x"),
        ("brief", "--format", "leeks"),
        ("brief", "--date", "leeks"),
        ("consent", "set", "40218", "--covers", "phone", "--status", "leeks"),
        ("verify", "--json=leeks"),
    ],
)
def test_a_note_in_the_wrong_place_is_not_repeated_on_the_terminal(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    from rapportdesk.cli import main

    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert "leeks" not in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("entry", [SUB_COMMANDS, ENTRY_POINT], ids=["module", "installed"])
def test_both_ways_in_run_the_same_commands_with_the_same_exit_codes(bare: Program, entry: tuple[str, ...]) -> None:
    kinds = bare.run("note", "kinds", "--json", entry=entry).json()
    assert kinds == [kind.value for kind in NoteKind]
    bare.run("verify", "--vault", "/nonexistent/desk.rapport", entry=entry).refused(1)


def test_without_a_sub_command_the_module_is_wrong_usage(bare: Program) -> None:
    bare.run().refused(2)
    assert bare.call("--version").done() == f"rapportdesk {__version__}\n"


LOADED = (
    "import json, sys; from ui.__main__ import main\n"
    "try: {run}\n"
    "except SystemExit: pass\n"
    "print(json.dumps(sorted({{name.partition('.')[0] for name in sys.modules}})))"
)
"""Says in its last line what a command has loaded."""


@pytest.mark.parametrize("arguments", [("--help",), ("verify", "--vault", "nowhere")], ids=" ".join)
def test_a_sub_command_never_loads_a_window(bare: Program, arguments: tuple[str, ...]) -> None:
    ran = bare.run(*arguments, entry=("-c", LOADED.format(run="main()")))
    loaded = json.loads(ran.out.splitlines()[-1])
    assert "rapportdesk" in loaded
    assert not {"PySide6", "shiboken6"} & set(loaded)


def test_a_window_that_is_loaded_is_noticed(bare: Program) -> None:
    """The control of the test above."""
    ran = bare.run(entry=("-c", LOADED.format(run="import PySide6.QtCore")))
    assert "PySide6" in json.loads(ran.out.splitlines()[-1])
