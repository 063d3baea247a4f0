"""Crawl: what the addresses of one host answer, each asked once, a few at a time, and followed as far as it is wanted.

Nothing else is asked but what a caller names and what the answers to that lead to. Redirects are not followed here:
where one leads is one more address.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

import brotli

COMPRESSED = "br, gzip"
"""The forms of a text that are asked for; what browsers ask for begins with gzip and ends with br, too."""

AS_IT_IS = "identity"

_AGENT = "statement-site-check-links/1"
_MOVED = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_LONGEST_WAIT = 30


@dataclass(frozen=True)
class Limits:
    """How much is asked: addresses in all, at once, and of one the seconds to wait, the bytes, and the tries."""

    addresses: int = 5_000
    at_once: int = 4
    seconds: float = 20
    size: int = 20_000_000
    tries: int = 3


@dataclass(frozen=True)
class Answer:
    """What an address answers: the body as it was before it was compressed; status 0 and an error for no answer.

    The names of headers are in lower case, the values of one that is there several times are joined by commas.
    """

    address: str
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    error: str = ""

    @property
    def location(self) -> str:
        """Where a redirect leads, as it says; empty for what is none."""
        return self.headers.get("location", "") if self.status in _MOVED else ""


class Client:
    """Asks one host after what it has, over as many connections as there are threads, and keeps these open."""

    def __init__(self, address: str, connect: tuple[str, int] | None = None, limits: Limits | None = None) -> None:
        """Make a client for the host of an address; `connect` names another host and port to which it connects."""
        self.limits = limits or Limits()
        parts = urlsplit(address)
        default = 443 if parts.scheme == "https" else 80
        self._host = parts.netloc.rpartition("@")[2]
        self._name = parts.hostname or ""
        self._to = connect or (self._name, parts.port or default)
        self._safety = ssl.create_default_context() if parts.scheme == "https" else None
        self._own = threading.local()
        self._open: list[_Connection] = []

    def ask(self, address: str, *, method: str = "GET", encoding: str = COMPRESSED, etag: str = "") -> Answer:
        """Return what an address of the host answers; every failure is an answer, too."""
        parts = urlsplit(address)
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{parts.query}" if parts.query else "")
        headers = {"Host": self._host, "User-Agent": _AGENT, "Accept": "*/*", "Accept-Encoding": encoding}
        headers |= {"If-None-Match": etag} if etag else {}
        answer = Answer(address)
        for _ in range(self.limits.tries):
            try:
                answer = self._ask(address, method, path, headers)
            except (OSError, http.client.HTTPException, zlib.error, brotli.error, ValueError) as error:
                # A connection that was kept open may have been closed meanwhile.
                self._close()
                answer = Answer(address, error=_one_line(error))
                continue
            if answer.status not in _BUSY:
                break
            time.sleep(_wait(answer.headers.get("retry-after", "")))
        return answer

    def close(self) -> None:
        """Close all connections."""
        for connection in self._open:
            connection.close()

    def _ask(self, address: str, method: str, path: str, headers: Mapping[str, str]) -> Answer:
        connection = self._connection()
        connection.request(method, path, headers=dict(headers))
        response = connection.getresponse()
        data = response.read(self.limits.size + 1)
        if len(data) > self.limits.size:
            raise ValueError(_too_large(self.limits.size))
        if response.length:
            # Reading so many bytes at most says nothing of those that did not come.
            raise ValueError(f"cut off {response.length:,} bytes before its end")
        found: dict[str, str] = {}
        for name, value in response.getheaders():
            found[name.lower()] = f"{found[name.lower()]}, {value}" if name.lower() in found else value
        body = _opened(data, found.get("content-encoding", ""), self.limits.size)
        return Answer(address, response.status, found, body)

    def _connection(self) -> _Connection:
        connection: _Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = _Connection(self._name, self._to, self.limits.seconds, self._safety)
            self._own.connection = connection
            self._open.append(connection)
        return connection

    def _close(self) -> None:
        self._connection().close()


class _Connection(http.client.HTTPConnection):
    """A connection to a host, which is looked for where `to` says, and has to prove its name where that is `safe`."""

    def __init__(self, name: str, to: tuple[str, int], seconds: float, safety: ssl.SSLContext | None) -> None:
        super().__init__(name, timeout=seconds)
        self._to = to
        self._seconds = seconds
        self._safety = safety

    def connect(self) -> None:
        """Connect, as `request` does by itself."""
        self.sock = socket.create_connection(self._to, self._seconds)
        if self._safety:
            self.sock = self._safety.wrap_socket(self.sock, server_hostname=self.host)


@dataclass(frozen=True)
class Crawled:
    """The answers by address, in the order in which they were asked for, and whether there were too many addresses."""

    answers: Mapping[str, Answer]
    is_cut_off: bool = False


def crawl(client: Client, start: Iterable[str], leads_to: Callable[[Answer], Iterable[str]]) -> Crawled:
    """Return what addresses answer and all those to which `leads_to` finds the answers to lead, as far as allowed."""
    answers: dict[str, Answer] = {}
    ahead = list(dict.fromkeys(start))
    with ThreadPoolExecutor(client.limits.at_once) as threads:
        while ahead:
            allowed = ahead[: client.limits.addresses - len(answers)]
            if not allowed:
                return Crawled(answers, is_cut_off=True)
            found = list(threads.map(client.ask, allowed))
            answers |= {answer.address: answer for answer in found}
            following = (address for answer in found for address in leads_to(answer))
            ahead = [address for address in dict.fromkeys([*ahead, *following]) if address not in answers]
    return Crawled(answers)


def _opened(data: bytes, encoding: str, size: int) -> bytes:
    """Return a body as it was before it was compressed; raise ValueError if it is cut off, or larger than a size."""
    if not data or encoding not in ("br", "gzip"):
        return data
    if encoding == "br":
        unbrotli = brotli.Decompressor()
        body, is_whole = bytes(unbrotli.process(data, output_buffer_limit=size)), unbrotli.is_finished()
    else:
        # 16 more than the largest window is the form that gzip has.
        ungzip = zlib.decompressobj(16 + zlib.MAX_WBITS)
        body, is_whole = ungzip.decompress(data, size), ungzip.eof
    if not is_whole:
        raise ValueError(f"{_too_large(size)}, or cut off")
    return body


def _too_large(size: int) -> str:
    return f"more than {size:,} bytes"


def _wait(given: str) -> float:
    """Return how many seconds a host that is busy wants to be left alone (RFC 9110, 10.2.3), within reason."""
    return min(int(given), _LONGEST_WAIT) if given.isdigit() else 1


def _one_line(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())
