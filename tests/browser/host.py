"""A host for the built site, as on the web: with the site's headers and its own page for a 404."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import told
from publish.policy import FRAMED

MODULES = Path(__file__).resolve().parent.parent.parent / "docs" / "assets"


BLANK_PATH = "/blank"
# Without an icon of its own the browser would ask for one, and complain of that during the next visit.
BLANK = '<!doctype html><title>blank</title><link rel="icon" href="data:,">'
WATCH_PATH = "/watch.js"
WATCH = """
window.wrong = [];
addEventListener("error", event => wrong.push(`error: ${event.message}`));
addEventListener("unhandledrejection", event => wrong.push(`rejection: ${event.reason}`));
addEventListener("securitypolicyviolation", event => wrong.push(`policy: ${event.violatedDirective}`));
for (const kind of ["error", "warn"]) console[kind] = (...said) => wrong.push(`${kind}: ${said.join(" ")}`);
"""


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder under a path prefix, which begins and ends with a slash."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".js": "text/javascript", ".svg": "image/svg+xml"}

    def __init__(
        self,
        *arguments: Any,
        prefix: str,
        headers_to_send: dict[str, str],
        headers_of_frames: dict[str, str],
        watched: bool,
        **options: Any,
    ) -> None:
        self.prefix = prefix
        self.headers_of_frames = headers_of_frames
        self.watched = watched
        self.headers_to_send = headers_to_send
        super().__init__(*arguments, **options)

    def translate_path(self, path: str) -> str:
        """Return the file for an address; what is outside the prefix leads to a file that does not exist.

        Tests of single modules find them where the project has them, beside those files that the site is made with.
        """
        if not path.startswith(self.prefix):
            return f"{self.directory}/_/missing"
        inside = path[len(self.prefix) - 1 :]
        module = MODULES / inside.removeprefix("/assets/").partition("?")[0]
        if inside.startswith("/assets/") and module.is_file():
            return str(module)
        return super().translate_path(inside)

    def do_GET(self) -> None:
        """Answer with a file; where pages are watched, with the script that does so before all others of a page.

        There is an empty page, too, for a browser between two visits.
        """
        if self.path == BLANK_PATH:
            self._answer(HTTPStatus.OK, "text/html", BLANK.encode())
        elif not self.watched:
            super().do_GET()
        elif self.path == WATCH_PATH:
            self._answer(HTTPStatus.OK, "text/javascript", WATCH.encode())
        elif (page := Path(self.translate_path(self.path.partition("?")[0])) / "index.html").is_file():
            script = f'<script src="{WATCH_PATH}"></script>'
            html = page.read_text("utf-8").replace("<head>", f"<head>{script}", 1)
            self._answer(HTTPStatus.OK, "text/html; charset=utf-8", html.encode())
        else:
            super().do_GET()

    def _answer(self, code: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        """Add the site's own headers to those of the answer."""
        is_framed = self.path.startswith(f"{self.prefix}{FRAMED}")
        for name, value in (self.headers_to_send | (self.headers_of_frames if is_framed else {})).items():
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is missing with the site's own page."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        self._answer(HTTPStatus.NOT_FOUND, "text/html; charset=utf-8", page.read_bytes())

    def handle(self) -> None:
        """Answer a browser until it has had enough; one that goes away in the middle of an answer may."""
        with suppress(BrokenPipeError, ConnectionResetError):
            super().handle()

    def guess_type(self, path: Any) -> str:
        """Return the type of a file; every text of this site is UTF-8."""
        kind = super().guess_type(path)
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing: the browser shows what goes wrong."""


def server(site: Path, port: int, prefix: str = "/", watched: bool = False) -> ThreadingHTTPServer:
    """Return a server of a built site on the loopback interface; port 0 takes any that is free.

    In every page that is `watched`, `wrong` lists the errors, complaints and violations of the policy so far.
    """
    handler = partial(
        Handler,
        directory=str(site),
        prefix=prefix,
        headers_to_send=headers(site),
        headers_of_frames=framed(site),
        watched=watched,
    )
    return ThreadingHTTPServer(("127.0.0.1", port), handler)


def headers(site: Path) -> dict[str, str]:
    """Return the headers that the site's `_headers` file asks for on every page but those for frames."""
    found = told.rules((site / "_headers").read_text("utf-8"))
    return dict(next(iter(found.values())))


def framed(site: Path) -> dict[str, str]:
    """Return what pages for frames are sent with in place of that."""
    found = told.rules((site / "_headers").read_text("utf-8"))
    values = next((values for pattern, values in found.items() if pattern.endswith(f"/{FRAMED}*")), {})
    return {name: value for name, value in values.items() if value}
