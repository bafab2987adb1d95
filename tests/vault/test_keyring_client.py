"""The asking side waits as long as it should, kills what does not answer, and shows a key to nobody."""

import json
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from rapportdesk.errors import KeyringTimeout, NoKeyring
from rapportdesk.vault.custody import KeyringCustody
from rapportdesk.vault.keyring_client import Question
from rapportdesk.vault.sealing import new_key
from rapportdesk.vault.spawned import Spawned, default_command


def command(tmp_path: Path, body: str) -> list[str]:
    """Return how to start an invented asking process; `say` speaks, `here` is a directory for its traces."""
    script = tmp_path / "process.py"
    script.write_text(
        "import json, os, sys, threading\n"
        "from pathlib import Path\n"
        "here = Path(__file__).parent\n"
        "def say(**said):\n"
        "    print(json.dumps(said), flush=True)\n" + body
    )
    return [sys.executable, "-I", str(script)]


def asked(tmp_path: Path, body: str, *, timeout_s: float = 60, person_timeout_s: float = 60) -> dict[str, str]:
    process = Spawned(command(tmp_path, body))
    return Question(process, {"action": "read"}, timeout_s=timeout_s, person_timeout_s=person_timeout_s).answer()


FOR_EVER = "threading.Event().wait()\n"


def test_an_answer_is_taken(tmp_path: Path) -> None:
    assert asked(tmp_path, "say(outcome='done', value='x')") == {"outcome": "done", "value": "x"}


def test_an_answer_that_came_in_time_counts_however_late_it_is_fetched(tmp_path: Path) -> None:
    body = "say(outcome='done', value='x')\n" + FOR_EVER
    process = Spawned(command(tmp_path, body))
    question = Question(process, {}, timeout_s=5, person_timeout_s=5)
    said = process.line(60)
    assert said is not None
    process._lines.put(said)
    question._deadline = 0.0  # as after a long import of the window
    assert question.answer() == {"outcome": "done", "value": "x"}


def test_a_process_that_does_not_answer_is_killed(tmp_path: Path) -> None:
    process = Spawned(command(tmp_path, FOR_EVER))
    question = Question(process, {}, timeout_s=1, person_timeout_s=60)
    assert question.answer() == {"outcome": "timeout"}
    assert process._process.returncode is not None


def test_a_person_is_given_a_time_of_their_own(tmp_path: Path) -> None:
    """The process speaks of asking, so not the store's sixty seconds count but the person's one."""
    assert asked(tmp_path, "say(state='asking')\n" + FOR_EVER, person_timeout_s=1) == {"outcome": "timeout"}


def test_after_the_person_has_answered_the_stores_time_starts_again(tmp_path: Path) -> None:
    question = Question(Spawned(command(tmp_path, FOR_EVER)), {}, timeout_s=10, person_timeout_s=300)
    question._take(1000.0, b'{"state": "asking"}')
    assert question._deadline == 1300.0
    question._take(1200.0, b'{"state": "asked"}')
    assert question._deadline == 1210.0
    question.cancel()


def test_a_cancelled_question_is_killed_and_unanswered(tmp_path: Path) -> None:
    process = Spawned(command(tmp_path, FOR_EVER))
    question = Question(process, {}, timeout_s=60, person_timeout_s=60)
    question.cancel()
    assert question.answer() == {"outcome": "timeout"}
    assert process._process.returncode is not None


@pytest.mark.parametrize(
    "body", ["", "sys.exit(3)", "os.kill(os.getpid(), 9)", "print('not json')", "sys.stdin.close()"]
)
def test_a_process_that_ends_without_an_answer_is_a_store_that_does_not_work(tmp_path: Path, body: str) -> None:
    assert asked(tmp_path, body)["outcome"] == "failed"
    with pytest.raises(NoKeyring):
        KeyringCustody(60, command=command(tmp_path, body)).read("k")


def test_a_process_that_cannot_be_started_is_a_store_that_does_not_work(tmp_path: Path) -> None:
    with pytest.raises(NoKeyring, match="does not work"):
        KeyringCustody(command=[str(tmp_path / "no-such-program")]).read_anchor("a" * 32)


def test_a_program_that_cannot_answer_in_time_is_a_timeout(tmp_path: Path) -> None:
    with pytest.raises(KeyringTimeout):
        KeyringCustody(0.0, command=command(tmp_path, FOR_EVER)).read("k")


def test_a_key_is_neither_in_the_arguments_nor_in_the_environment(tmp_path: Path) -> None:
    body = (
        "(here / 'seen').write_text(json.dumps([sys.argv, sys.orig_argv, dict(os.environ)]))\n"
        "(here / 'told').write_text(sys.stdin.readline())\n"
        "say(outcome='done', value='')\n"
    )
    key = new_key()
    KeyringCustody(60, command=command(tmp_path, body)).write("k", key)
    kept = b64encode(key).decode()
    assert json.loads((tmp_path / "told").read_text())["value"] == kept
    seen = (tmp_path / "seen").read_text()
    assert kept not in seen
    assert key.hex() not in seen


def test_a_frozen_program_asks_through_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_command()[-1].endswith("keyring_process.py")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert default_command() == [sys.executable, "--keyring-process"]


def test_a_process_started_ahead_answers_the_question_put_to_it_later() -> None:
    script = (
        "import json, sys; print(json.dumps({'outcome': 'done', 'value': json.loads(sys.stdin.readline())['action']}))"
    )
    question = Question(Spawned([sys.executable, "-c", script]), None, timeout_s=30, person_timeout_s=30)
    question.ask({"action": "read"})
    assert question.answer() == {"outcome": "done", "value": "read"}


def test_a_process_started_ahead_and_never_asked_is_ended() -> None:
    process = Spawned([sys.executable, "-c", "import sys; sys.stdin.readline()"])
    question = Question(process, None, timeout_s=30, person_timeout_s=30)
    question.cancel()
    assert question.answer() == {"outcome": "timeout"}
    assert process._process.poll() is not None
