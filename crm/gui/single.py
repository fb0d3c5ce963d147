"""One window per book: a second start hands its files to the first window and has it come forward."""

import hashlib
import json
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 1000
_MOST = 1 << 20


def name_for(book: Path) -> str:
    """Return the name of the local server of a book's window; the path itself stays out of it."""
    return "keepwarm-" + hashlib.sha256(str(book.resolve()).encode()).hexdigest()[:24]


def hand_over(book: Path, files: tuple[Path, ...]) -> bool:
    """Ask the window that has `book` open to come forward with these files; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(name_for(book))
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(json.dumps([str(path.resolve()) for path in files]).encode() + b"\n")
    socket.waitForBytesWritten(_WAIT_MS)
    socket.waitForReadyRead(_WAIT_MS)  # the answer says that it was heard
    socket.disconnectFromServer()
    return True


class Doorbell(QObject):
    """`rung(object)` tells the files (a tuple of paths, maybe empty) that a second start handed over."""

    rung = Signal(object)

    def __init__(self, book: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_server_connection)
        name = name_for(book)
        if not self._server.listen(name):
            QLocalServer.removeServer(
                name
            )  # left behind by a program that was killed; the book's lock is ours
            self._server.listen(name)

    @Slot()
    def _on_server_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.setParent(self)
        socket.readyRead.connect(self._on_socket_ready)
        socket.disconnected.connect(socket.deleteLater)

    @Slot()
    def _on_socket_ready(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket) and socket.canReadLine():
            paths = _paths(bytes(socket.readLine(_MOST).data()))
            socket.write(b"ok\n")
            socket.flush()
            self.rung.emit(paths)


def _paths(line: bytes) -> tuple[Path, ...]:
    """Return the files named in a message; nothing of a message that isn't one."""
    try:
        found = json.loads(line)
    except ValueError:
        return ()
    return tuple(Path(name) for name in found if isinstance(name, str)) if isinstance(found, list) else ()
