"""What the command line prints to reception is the same, to the byte, over two vaults with different secrets.

Every sub-command there is has its turn: those of the list below as they are used, and any other with a number.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rapportdesk import cli
from rapportdesk.clock import StandingClock
from rapportdesk.command_line.parser import build_parser
from rapportdesk.desk.invention.demo import DEMO_SECRET
from tests.interference.twins import ANA, WORDS, People, Vault, alike, seeded, twins
from tests.ui.stage import MORNING

NIA = "40218"
USES: tuple[tuple[str, ...], ...] = (
    ("search", "Nia", "--json"), ("search", "Gwylan", "--json"), ("search", WORDS[0], "--json"), ("search", WORDS[0]),
    ("brief", "--patient", NIA), ("brief",), ("audit", "--patient", NIA, "--json"), ("audit", "--patient", NIA),
    ("audit",), ("verify",), ("verify", "--json"), ("note", "kinds"), ("staff", "list", "--json"),
    ("note", "add", NIA, "--kind", "hobby", "--topic", "weight", "Runs"),
    ("note", "add", NIA, "--kind", "hobby", "--audience", "clinicians", "Runs"),
    ("topic", "set", NIA, "--topic", "HIV", "--permission", "ask-first"),
    ("consent", "set", NIA, "--covers", "phone", "--status", "active"),
    ("search", "Runs", "--json"), ("audit", "--patient", NIA, "--json"),
    ("backup", "BESIDE/one"), ("backup", "BESIDE/other", "--json"), ("restore", "BESIDE/one", "--recovery-file", "-"),
)  # fmt: skip
NOT_OF_A_VAULT = frozenset({("init",), ("demo-vault",)})
"""They make a vault, and so there is none yet that could hold a secret."""

NOBODY_SIGNS_IN = frozenset({"doctor", "restore"})

BESIDE = "BESIDE"
"""Stands for the folder in which the vault lies, which is another for each of the two."""


def sub_commands(parser: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Return every sub-command there is, found in the parser."""
    below = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    for action in below:
        for word, made in action.choices.items():
            yield from sub_commands(made, (*words, word))
    if not below:
        yield words


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[Vault, Vault], People]:
    folder = tmp_path_factory.mktemp("interference")
    vault, people = alike(folder / "alike")
    return twins(vault, people, folder / "twins"), people


def run(vault: Vault, words: tuple[str, ...], secret: Path, who: str = ANA) -> tuple[int, str, str]:
    """Run one command as somebody and return its exit code and all that it printed."""
    out, err = io.BytesIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        for module in ("opening", "administration", "backups"):
            patch.setattr(f"rapportdesk.command_line.{module}.system_custody", lambda: vault.custody)
            patch.setattr(f"rapportdesk.command_line.{module}.SystemClock", lambda: StandingClock(MORNING))
        patch.setattr(sys, "stdin", io.StringIO(""))
        patch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8", write_through=True))
        patch.setattr(sys, "stderr", err)
        here = [each.replace(BESIDE, str(vault.path.parent)) for each in words]
        given = (*here, "--vault", str(vault.path), "--staff", who, "--secret-file", str(secret))
        code = cli.main(
            [
                each
                for each in given
                if words[0] not in NOBODY_SIGNS_IN or each not in {"--staff", who, "--secret-file", str(secret)}
            ]
        )
        sys.stdout.flush()
        printed = re.sub(
            r"\d+ MB are free", "some MB are free", out.getvalue().decode()
        )  # others write to the disk too
        printed = printed.replace(str(vault.path.parent), BESIDE)
    return code, printed, err.getvalue().replace(str(vault.path.parent), BESIDE)


def test_every_command_prints_the_same_to_reception(pair: tuple[tuple[Vault, Vault], People], tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{DEMO_SECRET}\n", encoding="utf-8")
    used = {each for each in sub_commands(build_parser()) if any(use[: len(each)] == each for use in USES)}
    others = sorted(set(sub_commands(build_parser())) - used - NOT_OF_A_VAULT)
    asked = (*USES, *others, *((*each, NIA) for each in others))
    printed = []
    for vault in pair[0]:
        with seeded():
            printed.append({f"{number}: {words}": run(vault, words, secret) for number, words in enumerate(asked)})
    assert {words: (said, printed[1][words]) for words, said in printed[0].items() if said != printed[1][words]} == {}
    unasked = {words: said for words, said in printed[0].items() if WORDS[0] not in words}
    hunted = " ".join(f"{out} {err}" for _code, out, err in unasked.values())
    assert [word for word in WORDS if word in hunted] == []
    assert "Gwylan" in hunted  # the control: what may be read is found by the same hunt
    assert len(used) >= 9
    assert sum(code == 0 for code, _out, _err in printed[0].values()) >= 12
