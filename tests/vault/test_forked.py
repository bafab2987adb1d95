"""A copy of the process answers like a process from scratch, and never goes on with what the first one was about."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.founding import Founder
from rapportdesk.desk.keys.custody import system_custody
from rapportdesk.errors import KeyMissing
from rapportdesk.model.staff import Role
from rapportdesk.vault.kdf import Argon2idParameters
from tests.vault.secret_service import SecretService

pytestmark = pytest.mark.linux

BEFORE = """
import json, os, sys, time
from rapportdesk.vault.forked import Forked, may_fork
from rapportdesk.vault.keyring_client import Question
def question(work, timeout_s=60):
    return Question(Forked(work), {"action": "read"}, timeout_s=timeout_s, person_timeout_s=60)
def say(answered, **said):
    os.write(answered, json.dumps(said).encode() + b"\\n")
def children():
    return open(f"/proc/self/task/{os.getpid()}/children").read().split()
"""


def alone(script: str, **how: object) -> str:
    """Run a script in a process with one thread; what is under test makes copies of its process."""
    command = [sys.executable, "-c", BEFORE + script]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, **how).stdout  # type: ignore[call-overload,no-any-return]  # any of its arguments


def test_a_copy_answers_what_it_is_asked() -> None:
    said = alone("""
def work(asked, answered):
    say(answered, outcome="done", value=json.loads(os.read(asked, 1000))["action"])
print(json.dumps(question(work).answer()), children())
""")
    assert said == '{"outcome": "done", "value": "read"} []\n'


def test_what_is_said_in_pieces_or_at_once_is_taken_line_by_line() -> None:
    said = alone("""
def work(asked, answered):
    os.write(answered, b'{"state": "asking"}\\n{"state": "as')
    os.read(asked, 1)
    os.write(answered, b'ked"}\\n')
    say(answered, outcome="done", value="")
process = Forked(work)
print([process.line(60)[1]], process.line(0))
process.send(b"x")
print([process.line(60)[1] for _ in range(3)])
process.end()
""")
    first, rest = said.splitlines()
    assert first == '[b\'{"state": "asking"}\'] None'
    assert rest == '[b\'{"state": "asked"}\', b\'{"outcome": "done", "value": ""}\', b\'\']'


@pytest.mark.parametrize("work", ["pass", "raise RuntimeError", "sys.exit(0)", "os.kill(os.getpid(), 9)"])
def test_a_copy_that_ends_without_an_answer_ends_there_and_is_a_store_that_does_not_work(work: str) -> None:
    said = alone(f"""
def work(asked, answered):
    {work}
print(question(work).answer(), os.getpid() == {{}} or children())
""")
    assert said == "{'outcome': 'failed'} []\n", "and printed once, by the first process alone"


def test_a_copy_that_never_answers_is_ended() -> None:
    said = alone("""
def work(asked, answered):
    time.sleep(600)
print(question(work, 0.1).answer(), children())
""")
    assert said == "{'outcome': 'timeout'} []\n"


def test_a_copy_sees_that_the_first_process_is_gone() -> None:
    """Nobody is left behind: what comes after the last word of whoever asks is the end of the file."""
    said = alone("""
read, write = os.pipe()
if os.fork() == 0:
    def work(asked, answered):
        os.read(asked, 1)
        os.write(write, b"seen the end")
    Forked(work)
    os._exit(0)
os.close(write)
print(os.read(read, 100))
""")
    assert said == "b'seen the end'\n"


def test_whatever_a_copy_prints_is_never_taken_for_an_answer() -> None:
    said = alone("""
def work(asked, answered):
    print('{"outcome": "done", "value": "printed"}', flush=True)
    print(os.read(0, 10), file=sys.stderr)
    say(answered, outcome="done", value="said")
print(question(work).answer())
""")
    assert said == "{'outcome': 'done', 'value': 'said'}\n"


def test_a_program_started_without_standard_input_and_output_is_answered_too(tmp_path: Path) -> None:
    file = tmp_path / "answer"
    script = f"""
for standard in (0, 1, 2):
    os.close(standard)
def work(asked, answered):
    say(answered, outcome="done", value=json.loads(os.read(asked, 1000))["action"])
open({str(file)!r}, "w").write(json.dumps(question(work).answer()))
"""
    alone(script)
    assert json.loads(file.read_text()) == {"outcome": "done", "value": "read"}


def test_only_a_process_with_one_thread_may_be_copied() -> None:
    said = alone("""
import threading
print(may_fork())
stop = threading.Event()
thread = threading.Thread(target=stop.wait)
thread.start()
print(may_fork())
stop.set()
thread.join()
sys.platform = "darwin"
print(may_fork())
""")
    assert said.split() == ["True", "False", "False"]


DOOR = """
from rapportdesk.desk.door.door_question import start_ahead
from rapportdesk.errors import RapportError
from pathlib import Path
ahead = start_ahead()
assert type(ahead._question._process) is Forked
assert not {"cryptography", "secretstorage"} & set(sys.modules), "the copy imports them, not the window"
ahead.ask(Path(sys.argv[1]))
try:
    door = ahead.door()
    print(json.dumps([[person.name, sorted(person.roles)] for person in door.people]), len(door.device_key), door)
except RapportError as fault:
    print(type(fault).__name__)
"""


def test_the_names_and_the_key_come_from_a_copy_and_faults_too(secret_service: SecretService, tmp_path: Path) -> None:
    vault = tmp_path / "vault" / "desk.rapport"
    founder = Founder(clinic_name="Cwm Road", name="Siân", roles=frozenset({Role.MANAGER}), secret="leeks and bara")
    cost = Argon2idParameters.fresh(memory_kib=64, iterations=1, lanes=1)
    desk, _codes = Desk.create(vault, system_custody(), founder, cost=cost)
    desk.close()

    def ask() -> str:
        command = [sys.executable, "-c", BEFORE + DOOR, str(vault)]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout

    said = ask()
    assert said.startswith('[["Si\\u00e2n", ["manager"]]] 32 Door(people=('), said
    assert "device_key" not in said, "a key is shown to nobody"
    from rapportdesk.desk.door.doorway import read_doorway

    system_custody().delete(read_doorway(vault).device_key_id)
    assert ask().strip() == KeyMissing.__name__
