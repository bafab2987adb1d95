"""Each of the five states of a real password store, walked in the real window by keyboard: the sheet leads back in.

With RAPPORTDESK_PICTURES set to a folder, what stands in the window on the way is kept there as pictures.
"""

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rapportdesk.clock import StandingClock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.founding import Founder
from rapportdesk.model.staff import Role
from rapportdesk.vault.keyring_custody import KeyringCustody
from rapportdesk.vault.sealing import new_key
from tests.ui.conftest import SECRET, WAIT_MS, Copy, MakeApplication
from tests.ui.keys import Key, press, to_front, type_in
from tests.vault.secret_service import SecretService, running_store
from ui.door.recovery import Recovery
from ui.start.application import Application
from ui.start.beginning import begin
from ui.widgets.controls import Label
from ui.work import Work

pytestmark = pytest.mark.linux

Settle = Callable[[Work], None]


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretService]:
    """Give a password store of the test's own, running and unlocked."""
    with running_store(monkeypatch) as service:
        yield service


@dataclass(frozen=True, slots=True)
class State:
    """One state: how it comes about, what is read, and whether the key can be kept again while it lasts."""

    make: Callable[[SecretService, KeyringCustody, str], None]
    heading: str
    keeps: bool
    answers_within_s: float = 60.0


def _other_key(_store: SecretService, custody: KeyringCustody, key_id: str) -> None:
    custody.delete(key_id)
    custody.write(key_id, new_key())


STATES = {
    "no backend": State(
        lambda store, _custody, _id: store.stop(), "This computer has nowhere to keep what opens the desk", keeps=False
    ),
    "locked": State(
        lambda store, _custody, _id: store.lock(), "Your computer’s password store is locked", keeps=False
    ),
    "missing entry": State(
        lambda _store, custody, key_id: custody.delete(key_id),
        "This computer no longer opens the desk by itself",
        keeps=True,
    ),
    "wrong key": State(_other_key, "This computer is set up for another desk", keeps=True),
    "time-out": State(
        lambda store, _custody, _id: store.signal(signal.SIGSTOP), "The computer’s password store does not answer",
        keeps=False, answers_within_s=1.0,
    ),
}  # fmt: skip


def keep_picture(application: Application, name: str) -> None:
    """Take a picture of the window, and keep it where somebody wants to look at it."""
    picture = application.window.grab()
    assert not picture.isNull()
    folder = os.environ.get("RAPPORTDESK_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        assert picture.save(str(Path(folder) / f"store-{name.replace(' ', '-')}.png"))


def said(page: Recovery | object) -> str:
    assert isinstance(page, Recovery)
    return "\n".join(label.accessibleName() for label in page.findChildren(Label) if label.isVisible())


@pytest.mark.parametrize("name", STATES)
def test_the_sheet_leads_back_in(
    name: str, store: SecretService, make_application: MakeApplication, invented: Copy, clock: StandingClock,
    settle: Settle, qtbot: QtBot, tmp_path: Path,
) -> None:  # fmt: skip
    state, well = STATES[name], KeyringCustody(timeout_s=60)
    path = tmp_path / "data" / "desk.rapport"
    founder = Founder(clinic_name="Cwm Road", name="Ben Morgan", roles=frozenset({Role.MANAGER}), secret=SECRET)
    desk, codes = Desk.create(path, well, founder, clock, cost=invented.cost)
    key_id = desk._file.device_key_id
    desk.close()
    state.make(store, well, key_id)
    before = path.read_bytes()

    application = make_application(begin(path, KeyringCustody(timeout_s=state.answers_within_s)))
    application.start()
    to_front(application.window, qtbot)
    qtbot.waitUntil(lambda: isinstance(application.window.page, Recovery), timeout=WAIT_MS)
    settle(application.work)
    page = application.window.page
    assert state.heading in said(page)
    keep_picture(application, name)
    assert path.read_bytes() == before, "looking at the file has changed it"

    to_front(application.window, qtbot)
    if name in {"locked", "time-out"}:  # trying again comes first there
        press(Key.Key_Tab)
    type_in(codes.desk.code.lower())
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: application.sign_in is not None, timeout=WAIT_MS)
    settle(application.work)
    keep_picture(application, f"{name} with the sheet")
    to_front(application.window, qtbot)
    with qtbot.waitSignal(application.signed_in, timeout=WAIT_MS):
        type_in(SECRET)
        press(Key.Key_Return)
    settle(application.work)
    assert application.desk is not None
    kept_under = application.desk._file.device_key_id

    with qtbot.waitSignal(application.closed, timeout=WAIT_MS):
        application.close()
    if name == "time-out":
        store.signal(signal.SIGCONT)
    elif name == "locked":
        store.unlock()
    elif name == "no backend":
        store.start()
    assert (kept_under != key_id) is (name == "wrong key"), "an entry is never overwritten"
    with Desk.open(path, well, clock) as again:  # the password store is well again, and has the key
        assert [person.name for person in again.door()] == ["Ben Morgan"]
