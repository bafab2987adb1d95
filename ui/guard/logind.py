"""logind tells of lock and sleep over the system bus; the desk answers before the machine is allowed to sleep.

Interfaces org.freedesktop.login1.Manager and .Session, from systemd's org.freedesktop.login1(5). A delay inhibitor is
held so that a suspend waits (at most logind's InhibitDelayMaxSec) until the desk has locked. Without a bus or without
logind nothing is told; that is said once and is no error.
"""

import os
import socket
import threading
from contextlib import suppress

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import DBusErrorResponse, unwrap_msg

from ui.guard.session_signals import Told

_NAME = "org.freedesktop.login1"
_MANAGER = DBusAddress("/org/freedesktop/login1", _NAME, f"{_NAME}.Manager")
_ANSWER_S = 5.0
_UNREACHABLE = (OSError, DBusErrorResponse, TimeoutError, KeyError, ValueError)
"""No bus (OSError), no DBUS address (KeyError), one that cannot be read (ValueError), no logind on it, no answer."""


class Logind:
    """Hears Lock, LockedHint, Active and PrepareForSleep on a thread of its own.

    Args:
        bus: "SYSTEM", or the address of another bus, for tests.
    """

    def __init__(self, bus: str = "SYSTEM") -> None:
        self._bus = bus
        self._connection: DBusConnection | None = None
        self._thread: threading.Thread | None = None
        self._inhibitor: int | None = None
        self._guard = threading.Lock()
        self._session_path = ""
        self._asked: set[int] = set()
        self._last_rule = 0
        self._is_heard = threading.Event()

    def start(self, told: Told) -> bool:
        """Begin to listen; return whether logind is there."""
        try:
            self._connection = connection = open_dbus_connection(self._bus, enable_fds=True)
            self._session_path = self._own_session(connection)
            for rule in self._rules():
                self._last_rule = next(connection.outgoing_serial)
                connection.send(message_bus.AddMatch(rule), serial=self._last_rule)
            self._ask_to_wait(connection)
        except _UNREACHABLE:
            self._close()
            return False
        self._thread = threading.Thread(target=self._listen, args=(connection, told), name="logind", daemon=True)
        self._thread.start()
        # Before the bus has the rules it passes nothing on: a lock in that moment would never be heard of.
        self._is_heard.wait(_ANSWER_S)
        return True

    def stop(self) -> None:
        """End the thread and let go of everything."""
        if self._connection is not None:
            with suppress(OSError):  # the bus may have gone first
                self._connection.sock.shutdown(socket.SHUT_RDWR)
        if self._thread is not None:
            self._thread.join(_ANSWER_S)
            self._thread = None
        self._close()

    def _own_session(self, connection: DBusConnection) -> str:
        """Return our session's object path; empty when logind knows none, and then every session's Lock counts."""
        call = new_method_call(_MANAGER, "GetSessionByPID", "u", (os.getpid(),))
        try:
            (path,) = unwrap_msg(connection.send_and_get_reply(call, timeout=_ANSWER_S))
        except DBusErrorResponse as error:
            if error.name == "org.freedesktop.DBus.Error.ServiceUnknown":
                raise
            return ""
        return str(path)

    def _rules(self) -> tuple[MatchRule, ...]:
        path = self._session_path or None
        return (
            MatchRule(type="signal", sender=_NAME, interface=_MANAGER.interface, member="PrepareForSleep"),
            MatchRule(type="signal", sender=_NAME, interface=f"{_NAME}.Session", member="Lock", path=path),
            MatchRule(
                type="signal",
                sender=_NAME,
                interface="org.freedesktop.DBus.Properties",
                member="PropertiesChanged",
                path=path,
            ),
        )

    def _ask_to_wait(self, connection: DBusConnection) -> None:
        """Ask for a delay inhibitor; its answer comes among the signals, none of which may be missed meanwhile."""
        arguments = ("sleep", "RapportDesk", "The desk locks before sleep", "delay")
        serial = next(connection.outgoing_serial)
        self._asked.add(serial)
        connection.send(new_method_call(_MANAGER, "Inhibit", "ssss", arguments), serial=serial)

    def _take_inhibitor(self, reply: Message) -> None:
        """Hold the newest inhibitor. Policy may have refused it: the desk still locks, perhaps only on waking."""
        if reply.header.message_type is MessageType.method_return:
            self._release()
            with self._guard:
                self._inhibitor = reply.body[0].to_raw_fd()

    def _release(self) -> None:
        with self._guard:
            descriptor, self._inhibitor = self._inhibitor, None
        if descriptor is not None:
            os.close(descriptor)

    def _listen(self, connection: DBusConnection, told: Told) -> None:
        while True:
            try:
                message = connection.receive()
            except (OSError, EOFError):
                return
            replied = message.header.fields.get(HeaderFields.reply_serial)
            if replied == self._last_rule:
                self._is_heard.set()
            elif replied in self._asked:  # two may be under way: asked at the start, and again on waking
                self._asked.discard(replied)
                self._take_inhibitor(message)
            elif message.header.message_type is not MessageType.signal:
                continue
            elif _says_awake(message):
                self._ask_to_wait(connection)
            elif _says_left(message):
                told(self._release if _member(message) == "PrepareForSleep" else _go_on)

    def _close(self) -> None:
        self._release()
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _member(message: Message) -> str:
    return str(message.header.fields.get(HeaderFields.member, ""))


def _says_awake(message: Message) -> bool:
    return _member(message) == "PrepareForSleep" and bool(message.body == (False,))


def _says_left(message: Message) -> bool:
    member = _member(message)
    if member == "PrepareForSleep":
        return bool(message.body == (True,))
    if member == "Lock":
        return True
    if member == "PropertiesChanged" and len(message.body) == 3 and message.body[0] == f"{_NAME}.Session":
        changed = message.body[1]
        return bool(changed.get("LockedHint") == ("b", True) or changed.get("Active") == ("b", False))
    return False


def _go_on() -> None:
    """Nobody waits for the desk after a lock."""
