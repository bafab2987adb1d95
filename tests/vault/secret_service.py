"""A real Secret Service with a home and a bus of its own: gnome-keyring, without a screen and without a login.

Debian and Ubuntu: packages `dbus` and `gnome-keyring`. The bus offers nothing but what is started on it here, so no
service of the machine ever answers, and nothing can show a question unless `Person` stands in for the one who would.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self

import pytest
import secretstorage
from jeepney import DBusAddress, HeaderFields, MatchRule, MessageType, message_bus, new_error, new_method_call
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection
from secretstorage.defines import SS_PATH
from secretstorage.util import DBusAddressWrapper, format_secret, open_session

PASSWORD = b"the login password"
_NAME = "org.freedesktop.secrets"
_PROMPTER = "org.gnome.keyring.SystemPrompter"
_UNLOCKING = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"
_COLLECTION = "/org/freedesktop/secrets/collection/login"
_PATIENCE = 60.0
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type><listen>unix:dir={directory}</listen><auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""


class SecretService:
    """A session bus, and on it a password store that can be locked, stopped, damaged and taken away."""

    def __init__(self) -> None:
        for program in ("dbus-daemon", "gnome-keyring-daemon"):
            if shutil.which(program) is None:
                raise RuntimeError(f"{program} is not installed: apt-get install dbus gnome-keyring")
        self._home = Path(tempfile.mkdtemp(prefix="rapportdesk-"))  # short: a socket's path has 108 bytes at most
        runtime = self._home / "run"
        runtime.mkdir(mode=0o700)
        configuration = self._home / "bus.conf"
        configuration.write_text(_BUS.format(directory=runtime))
        self._bus = subprocess.Popen(
            ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address=1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._bus.stdout is not None
        self.address = self._bus.stdout.readline().strip()
        self.environment = {
            "HOME": str(self._home),
            "XDG_RUNTIME_DIR": str(runtime),
            "XDG_DATA_HOME": str(self._home / "data"),
            "XDG_CONFIG_HOME": str(self._home / "config"),
            "DBUS_SESSION_BUS_ADDRESS": self.address,
        }
        self._daemon: subprocess.Popen[bytes] | None = None

    @property
    def file(self) -> Path:
        """Where the store keeps the entries."""
        return self._home / "data" / "keyrings" / "login.keyring"

    def start(self) -> None:
        """Start the store, unlocked, and wait until the bus knows it."""
        with self.connected() as connection:
            bus = Proxy(message_bus, connection)
            rule = MatchRule(type="signal", interface=message_bus.interface, member="NameOwnerChanged")
            rule.add_arg_condition(0, _NAME)
            bus.AddMatch(rule)
            with connection.filter(rule) as changes:
                self._daemon = subprocess.Popen(
                    ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=self._for_programs(),
                )
                assert self._daemon.stdin is not None
                with self._daemon.stdin as stdin:
                    stdin.write(PASSWORD)
                connection.recv_until_filtered(changes, timeout=_PATIENCE)

    def stop(self) -> None:
        """Take the store away and leave its file."""
        if self._daemon is not None:
            self._daemon.send_signal(signal.SIGCONT)
            self._daemon.terminate()
            self._daemon.wait(_PATIENCE)
            self._daemon = None

    def lock(self) -> None:
        """Lock the collection that entries are kept in."""
        with self.connected() as connection:
            secretstorage.Collection(connection).lock()

    def unlock(self) -> None:
        """Unlock with the password, by the interface through which the login does it."""
        with self.connected() as connection:
            session = open_session(connection)
            secret = format_secret(session, PASSWORD, "text/plain")
            DBusAddressWrapper(SS_PATH, _UNLOCKING, connection).call(
                "UnlockWithMasterPassword", "o(oayays)", _COLLECTION, secret
            )

    def signal(self, number: signal.Signals) -> None:
        """Send the store a signal, such as SIGSTOP."""
        assert self._daemon is not None
        self._daemon.send_signal(number)

    @contextmanager
    def connected(self) -> Iterator[DBusConnection]:
        """Give a connection to the bus."""
        with closing(open_dbus_connection(self.address)) as connection:
            yield connection

    def close(self) -> None:
        """End everything and leave nothing behind."""
        self.stop()
        self._bus.terminate()
        self._bus.wait(_PATIENCE)
        assert self._bus.stdout is not None
        self._bus.stdout.close()
        shutil.rmtree(self._home)

    def _for_programs(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], **self.environment}


class Person:
    """Sits where the desktop would show a question: does something while it stands there, then closes it unanswered.

    Args:
        service: Whose questions to see.
        does: What the person does meanwhile.
    """

    def __init__(self, service: SecretService, does: Callable[[], None]) -> None:
        self._does = does
        self.times_asked = 0
        self._service = service
        self._connection = open_dbus_connection(service.address)
        Proxy(message_bus, self._connection).RequestName(_PROMPTER)
        self._thread = threading.Thread(target=self._sit)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        with self._service.connected() as another:
            here = DBusAddress("/", bus_name=self._connection.unique_name, interface="org.example.Person")
            another.send(new_method_call(here, "Leave"))
        self._thread.join(_PATIENCE)
        self._connection.close()

    def _sit(self) -> None:
        while True:
            message = self._connection.receive()
            if message.header.message_type is not MessageType.method_call:
                continue
            member = message.header.fields[HeaderFields.member]
            if member == "Leave":
                return
            if member == "BeginPrompting":
                self.times_asked += 1
                self._does()
            self._connection.send(new_error(message, "org.freedesktop.DBus.Error.Failed"))


def turn_to(service: SecretService, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this process, and those it starts, ask a password store of the test's own."""
    for name in ("PYTHON_KEYRING_BACKEND", "XDG_CURRENT_DESKTOP"):
        monkeypatch.delenv(name, raising=False)
    for name, value in service.environment.items():
        monkeypatch.setenv(name, value)


@contextmanager
def running_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretService]:
    """Make a password store, running and unlocked, and turn to it."""
    service = SecretService()
    turn_to(service, monkeypatch)
    service.start()
    try:
        yield service
    finally:
        service.close()
