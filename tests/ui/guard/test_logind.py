"""logind's lock and sleep against a stand-in for its D-Bus interface, on a private bus of the test's own."""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT_MS
from ui.guard.logind import Logind
from ui.guard.session_signals import SessionSignals

NAME = "org.freedesktop.login1"
SESSION = "/org/freedesktop/login1/session/c7"
OTHER_SESSION = "/org/freedesktop/login1/session/c8"


@pytest.fixture
def bus() -> Iterator[str]:
    """The address of a message bus that only this test knows."""
    program = shutil.which("dbus-daemon")
    assert program is not None, "dbus-daemon is needed; on Debian: apt-get install dbus-daemon"
    daemon = subprocess.Popen([program, "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True)
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    assert re.match(r"unix:", address)
    yield address
    daemon.terminate()
    daemon.wait(10)
    daemon.stdout.close()


@dataclass
class StandInLogind:
    """Answers GetSessionByPID and Inhibit as logind does, and sends its signals."""

    bus: str
    knows_session: bool = True
    may_inhibit: bool = True
    inhibitors: list[int] = field(default_factory=list)
    asked: list[tuple[object, ...]] = field(default_factory=list)

    def __enter__(self) -> "StandInLogind":
        self._connection: DBusConnection = open_dbus_connection(self.bus, enable_fds=True)
        self._connection.send_and_get_reply(message_bus.RequestName(NAME))
        self._thread = threading.Thread(target=self._answer)
        self._thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        with suppress(OSError):
            self._connection.sock.shutdown(2)
        self._thread.join(10)
        self._connection.close()
        for descriptor in self.inhibitors:
            os.close(descriptor)

    def signal(
        self, path: str, interface: str, member: str, signature: str = "", body: tuple[object, ...] = ()
    ) -> None:
        """Send a signal as logind would."""
        emitter = DBusAddress(path, interface=interface)
        self._connection.send(new_signal(emitter, member, signature or None, body))

    def sleep(self, *, begins: bool) -> None:
        """Tell that the machine goes to sleep, or has woken."""
        self.signal("/org/freedesktop/login1", f"{NAME}.Manager", "PrepareForSleep", "b", (begins,))

    def properties(self, path: str, **changed: bool) -> None:
        """Tell that properties of a session have changed."""
        values = {name: ("b", value) for name, value in changed.items()}
        body: tuple[object, ...] = (f"{NAME}.Session", values, [])
        self.signal(path, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", body)

    def released(self) -> bool:
        """Return whether the newest inhibitor was let go: its other end reads as closed."""
        os.set_blocking(self.inhibitors[-1], False)
        try:
            return os.read(self.inhibitors[-1], 1) == b""
        except BlockingIOError:
            return False

    def _answer(self) -> None:
        while True:
            try:
                call = self._connection.receive()
            except (OSError, EOFError):
                return
            if call.header.message_type is MessageType.method_call:
                reply = self._reply(call)
                try:
                    self._connection.send(reply)
                except BrokenPipeError:  # whoever asked has stopped listening meanwhile, as they may
                    return
                if reply.header.fields.get(HeaderFields.signature) == "h":
                    os.close(reply.body[0])  # the listener has its own copy now

    def _reply(self, call: Message) -> Message:
        member = call.header.fields[HeaderFields.member]
        self.asked.append((member, *call.body))
        if member == "GetSessionByPID":
            if not self.knows_session:
                return new_error(call, f"{NAME}.NoSessionForPID")
            return new_method_return(call, "o", (SESSION,))
        assert member == "Inhibit"
        if not self.may_inhibit:
            return new_error(call, "org.freedesktop.DBus.Error.AccessDenied")
        read, write = os.pipe()
        self.inhibitors.append(read)
        return new_method_return(call, "h", (write,))


@pytest.fixture
def signals(bus: str, qtbot: QtBot) -> Iterator[SessionSignals]:
    made = SessionSignals(Logind(bus))
    yield made
    made.stop()


def test_a_lock_is_heard(bus: str, signals: SessionSignals, qtbot: QtBot) -> None:
    with StandInLogind(bus) as logind:
        signals.start()
        assert signals.watching
        assert ("GetSessionByPID", os.getpid()) in logind.asked
        with qtbot.waitSignal(signals.left, timeout=WAIT_MS):
            logind.signal(SESSION, f"{NAME}.Session", "Lock")


@pytest.mark.parametrize("changed", [{"LockedHint": True}, {"Active": False}])
def test_a_locked_screen_and_a_switch_of_user_are_heard(
    bus: str, signals: SessionSignals, qtbot: QtBot, changed: dict[str, bool]
) -> None:
    with StandInLogind(bus) as logind:
        signals.start()
        with qtbot.waitSignal(signals.left, timeout=WAIT_MS):
            logind.properties(SESSION, **changed)


def test_what_means_nothing_and_what_is_anothers_is_not_heard(bus: str, signals: SessionSignals, qtbot: QtBot) -> None:
    heard: list[str] = []
    signals.left.connect(lambda: heard.append("left"))
    with StandInLogind(bus) as logind:
        signals.start()
        logind.signal(OTHER_SESSION, f"{NAME}.Session", "Lock")
        logind.properties(OTHER_SESSION, LockedHint=True)
        logind.properties(SESSION, LockedHint=False, Active=True)
        logind.properties(SESSION, IdleHint=True)
        logind.sleep(begins=False)
        logind.signal(SESSION, f"{NAME}.Session", "Unlock")
        with qtbot.waitSignal(signals.left, timeout=WAIT_MS):
            logind.signal(SESSION, f"{NAME}.Session", "Lock")
    assert heard == ["left"]


def test_sleep_waits_until_the_desk_has_locked(bus: str, signals: SessionSignals, qtbot: QtBot) -> None:
    with StandInLogind(bus) as logind:
        signals.start()
        qtbot.waitUntil(lambda: bool(logind.inhibitors), timeout=WAIT_MS)
        assert ("Inhibit", "sleep", "RapportDesk", "The desk locks before sleep", "delay") in logind.asked
        with qtbot.waitSignal(signals.left, timeout=WAIT_MS):
            logind.sleep(begins=True)
        assert not logind.released(), "the machine may sleep although nothing is locked yet"
        signals.locked()
        qtbot.waitUntil(logind.released, timeout=WAIT_MS)


def test_after_waking_the_next_sleep_waits_again(bus: str, signals: SessionSignals, qtbot: QtBot) -> None:
    with StandInLogind(bus) as logind:
        signals.start()
        qtbot.waitUntil(lambda: len(logind.inhibitors) == 1, timeout=WAIT_MS)
        with qtbot.waitSignal(signals.left, timeout=WAIT_MS):
            logind.sleep(begins=True)
        signals.locked()
        logind.sleep(begins=False)
        qtbot.waitUntil(lambda: len(logind.inhibitors) == 2, timeout=WAIT_MS)
        with qtbot.waitSignal(signals.left, timeout=WAIT_MS):
            logind.sleep(begins=True)


def test_without_a_session_of_our_own_every_lock_counts(bus: str, signals: SessionSignals, qtbot: QtBot) -> None:
    with StandInLogind(bus, knows_session=False) as logind:
        signals.start()
        with qtbot.waitSignal(signals.left, timeout=WAIT_MS):
            logind.signal(OTHER_SESSION, f"{NAME}.Session", "Lock")


def test_where_sleep_may_not_be_delayed_it_is_still_heard(bus: str, signals: SessionSignals, qtbot: QtBot) -> None:
    with StandInLogind(bus, may_inhibit=False) as logind:
        signals.start()
        assert signals.watching
        with qtbot.waitSignal(signals.left, timeout=WAIT_MS):
            logind.sleep(begins=True)


def test_a_bus_without_logind_tells_nothing(bus: str, signals: SessionSignals) -> None:
    signals.start()
    assert not signals.watching


@pytest.mark.parametrize("address", ["unix:path=/nowhere/at/all", "nonsense"])
def test_without_a_bus_nothing_is_told(address: str, qtbot: QtBot) -> None:
    signals = SessionSignals(Logind(address))
    signals.start()
    assert not signals.watching
    signals.stop()
