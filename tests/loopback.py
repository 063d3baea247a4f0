"""A host on the loopback interface, all of whose answers a function makes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Asked:
    """What a client asks: the method, the path, the form it can read, and what it has already."""

    method: str
    path: str
    encoding: str = ""
    etag: str = ""


@dataclass(frozen=True)
class Said:
    """What the host answers."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    def but(self, status: int = 0, body: bytes | None = None) -> Said:
        """Return the answer with another status or body, which is as it is."""
        as_it_is = {name: value for name, value in self.headers.items() if name != "Content-Encoding"}
        return Said(
            status or self.status, self.headers if body is None else as_it_is, self.body if body is None else body
        )

    def sent(self, **headers: str | None) -> Said:
        """Return the answer with other headers, or without those that are None."""
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        kept = {name: value for name, value in {**self.headers, **named}.items() if value is not None}
        return Said(self.status, kept, self.body)


@contextmanager
def listening(answer: Callable[[Asked], Said | None], name: str) -> Iterator[tuple[str, int]]:
    """Yield where a host listens that goes by a name and answers so; it hangs up where there is no answer."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def _answer(self) -> None:
            given = self.headers
            encoding = next((each for each in ("br", "gzip") if each in given["Accept-Encoding"]), "")
            asked = Asked(self.command, self.path.partition("?")[0], encoding, given.get("If-None-Match", ""))
            said = answer(asked) if given["Host"] == name else Said(421, {})
            if said is None:
                self.close_connection = True
                return
            self.send_response_only(said.status)
            for header, value in said.headers.items():
                self.send_header(header, value)
            if "Content-Length" not in said.headers:
                self.send_header("Content-Length", str(len(said.body)))
            self.end_headers()
            if self.command != "HEAD" and said.status != 304:
                self.wfile.write(said.body)

        do_GET = do_HEAD = _answer  # noqa: N815

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield "127.0.0.1", server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
