"""One window for one vault: a second start raises the first window and ends.

A lock file decides who is first (it survives a crash: Qt checks whether its process still lives); a local socket only
carries the wish to be raised, and nothing that is sent over it is read.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QDir, QLockFile, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer


class SingleInstance(QObject):
    """Whoever holds this vault's window.

    Args:
        vault: The vault's file, which need not exist yet.

    Signals:
        raise_wanted: Somebody started the program a second time.
    """

    raise_wanted = Signal()

    def __init__(self, vault: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Qt's hash, not hashlib's, which takes 3 ms to import before the sign-in is painted
        digest = QCryptographicHash.hash(os.fsencode(vault.absolute()), QCryptographicHash.Algorithm.Sha256)
        self.name = "RapportDesk-" + digest.toHex().toStdString()[:16]
        self._lock = QLockFile(str(Path(QDir.tempPath()) / f"{self.name}.lock"))
        self._lock.setStaleLockTime(0)

    def is_first(self) -> bool:
        """Return whether nobody else has this vault's window; from now on nobody else will."""
        return self._lock.tryLock(0)

    def listen(self) -> None:
        """Raise `raise_wanted` whenever the program is started again; for the first alone, after the first paint."""
        from PySide6.QtNetwork import QLocalServer  # after the first paint

        QLocalServer.removeServer(self.name)  # what a crashed run left; the lock says that there is no other
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(lambda: self._called(server))
        server.listen(self.name)

    def raise_first(self, wait_ms: int = 2000) -> bool:
        """Ask the first to come to the front; return whether it could be reached."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self.name)
        reached = socket.waitForConnected(wait_ms)
        socket.disconnectFromServer()
        return reached

    def release(self) -> None:
        """Let somebody else be first."""
        self._lock.unlock()

    def _called(self, server: "QLocalServer") -> None:
        connection = server.nextPendingConnection()
        if connection is not None:
            connection.disconnectFromServer()
            connection.deleteLater()
            self.raise_wanted.emit()
