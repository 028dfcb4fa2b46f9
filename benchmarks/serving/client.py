"""A client that costs next to nothing: one keep-alive connection, requests as ready bytes."""

import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
LAST_CHUNK = b"0\r\n\r\n"
PATIENCE = 600  # seconds for one answer


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP response as it came over the wire."""

    head: bytes
    body: bytes

    @property
    def status(self) -> int:
        return int(self.head[9:12])

    @property
    def size(self) -> int:
        """Bytes on the wire, with the head."""
        return len(self.head) + 4 + len(self.body)

    def header(self, name: str) -> str:
        """The (first) value of a header, empty where there is none."""
        found = re.search(rb"\r\n" + name.encode() + rb": *([^\r]*)", self.head, re.IGNORECASE)
        return found[1].decode() if found else ""

    def headers(self, name: str) -> list[str]:
        """All values of a header."""
        found = re.findall(rb"\r\n" + name.encode() + rb": *([^\r]*)", self.head, re.IGNORECASE)
        return [value.decode() for value in found]


def request(
    path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> bytes:
    """The bytes of a GET, or of a POST where there is a ``body``."""
    method = "GET" if body is None else "POST"
    fields = {"Host": "127.0.0.1", "Accept-Encoding": "gzip", **(headers or {})}
    if body is not None:
        fields |= {"Content-Length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + (body or b"")


class Connection:
    """A connection to a server of this machine, made anew where the server has closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._socket: socket.socket | None = None

    def ask(self, message: bytes) -> Answer:
        """The whole answer to ``message``."""
        if self._socket is not None:
            try:
                self._socket.sendall(message)
                return self._read(self._socket)
            except ConnectionError:  # it was idle for too long
                self.close()
        self._socket = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(message)
        return self._read(self._socket)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer to a GET."""
        return self.ask(request(path, headers))

    def close(self) -> None:
        """End it; another request would make it anew."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _read(self, peer: socket.socket) -> Answer:
        data = bytearray()
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += _received(peer)
        head = bytes(data[:end])
        if CHUNKED.search(head):
            while not data.endswith(LAST_CHUNK):
                data += _received(peer)
        elif found := LENGTH.search(head):
            missing = end + 4 + int(found[1]) - len(data)
            while missing > 0:
                chunk = _received(peer)
                data += chunk
                missing -= len(chunk)
        answer = Answer(head, bytes(data[end + 4 :]))
        if answer.header("Connection").lower() == "close":
            self.close()
        return answer


def _received(peer: socket.socket) -> bytes:
    """What there is to read. Raises ConnectionError where the server has closed the connection."""
    chunk = peer.recv(262_144)
    if not chunk:
        raise ConnectionError("The server closed the connection.")
    return chunk
