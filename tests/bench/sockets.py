"""Sockets opened as a browser opens them, websocket from the start."""

import base64
import os
import socket


def follow(port: int, cookie: str, session_id: str) -> socket.socket:
    """A socket that follows a day."""
    one = socket.create_connection(("127.0.0.1", port))
    one.sendall(handshake(port, cookie))
    _read_until(one, b"pingInterval")
    one.sendall(masked(f'40{{"session":"{session_id}"}}'))
    _read_until(one, b'"sid"')
    return one


def follow_bare(port: int) -> socket.socket:
    """A socket on a Socket.IO server that asks for nothing."""
    one = socket.create_connection(("127.0.0.1", port))
    one.sendall(handshake(port, ""))
    _read_until(one, b"pingInterval")
    one.sendall(masked("40"))
    _read_until(one, b'"sid"')
    return one


def handshake(port: int, cookie: str) -> bytes:
    """What a browser asks to open a socket; it offers compression."""
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Origin: http://127.0.0.1:{port}",
        f"Cookie: session={cookie}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def masked(text: str) -> bytes:
    """A message of a client: every one is masked, here with zeros."""
    body = text.encode()
    if len(body) < 126:
        return bytes((0x81, 0x80 | len(body), 0, 0, 0, 0)) + body
    return b"\x81\xfe" + len(body).to_bytes(2, "big") + bytes(4) + body


def _read_until(one: socket.socket, word: bytes) -> None:
    seen = b""
    while word not in seen:
        more = one.recv(65536)
        assert more, seen
        seen += more
