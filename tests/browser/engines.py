"""Firefox and WebKit, driven by the protocols they bring along: WebDriver BiDi and WebDriver (both W3C).

Firefox listens to BiDi by itself. Debian's WebKitWebDriver drives WebKitGTK's own small browser, which needs a screen,
so one is made for it with Xvfb.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from websockets.sync.client import ClientConnection, connect

PATIENCE = 60
"""How many seconds a browser gets to start, or to answer."""

KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004", "ArrowDown": "\ue015", "ArrowUp": "\ue013"}
FIREFOX = ("firefox-esr", "firefox")
WEBKIT_DRIVER = "WebKitWebDriver"
WEBKIT = "lib/*/webkit2gtk-4.*/MiniBrowser"


class Engine(Protocol):
    """A browser with one page."""

    def go(self, address: str) -> None:
        """Open an address and wait until it is loaded."""

    def run(self, function: str, *arguments: Any) -> Any:
        """Call a function of the page, which may be async, with values of JSON, and return what it gives as such."""

    def press(self, *keys: str) -> None:
        """Press keys one after the other: characters, or names from `KEYS`."""

    def click(self, x: float, y: float) -> None:
        """Click at a place of the window, in CSS pixels."""

    def resize(self, width: int, height: int) -> None:
        """Give the page a size in CSS pixels."""


def missing(name: str) -> str:
    """Return what to install for an engine, or nothing."""
    if name == "firefox":
        return "" if _firefox() else "firefox-esr"
    needed = {"webkit2gtk-driver": shutil.which(WEBKIT_DRIVER) and _webkit(), "xvfb": shutil.which("Xvfb")}
    return " ".join(package for package, found in needed.items() if not found)


@contextmanager
def running(name: str) -> Iterator[Engine]:
    """Yield a running browser: `firefox` or `webkit`."""
    with tempfile.TemporaryDirectory(prefix=name, ignore_cleanup_errors=True) as folder:
        start = _run_firefox if name == "firefox" else _run_webkit
        with start(Path(folder)) as engine:
            yield engine


class _Firefox:
    """Firefox over WebDriver BiDi."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._ids = itertools.count(1)
        self._send("session.new", {"capabilities": {}})
        # The window that it starts with never has the focus, and tells its page nothing of it.
        self._context = str(self._send("browsingContext.create", {"type": "window"})["context"])

    def go(self, address: str) -> None:
        self._send("browsingContext.navigate", {"context": self._context, "url": address, "wait": "complete"})

    def run(self, function: str, *arguments: Any) -> Any:
        called = f"async () => JSON.stringify((await ({function})(...{json.dumps(arguments)})) ?? null)"
        answer = self._send(
            "script.callFunction",
            {
                "functionDeclaration": called,
                "awaitPromise": True,
                "target": {"context": self._context},
                "userActivation": True,
            },
        )
        if answer["type"] != "success":
            raise AssertionError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def press(self, *keys: str) -> None:
        steps = [{"type": kind, "value": KEYS.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
        self._perform([{"type": "key", "id": "keyboard", "actions": steps}])

    def click(self, x: float, y: float) -> None:
        steps = [
            {"type": "pointerMove", "x": round(x), "y": round(y)},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._perform([{"type": "pointer", "id": "mouse", "actions": steps}])

    def resize(self, width: int, height: int) -> None:
        size = {"width": width, "height": height}
        self._send("browsingContext.setViewport", {"context": self._context, "viewport": size})

    def _perform(self, actions: Sequence[Any]) -> None:
        self._send("input.performActions", {"context": self._context, "actions": actions})

    def _send(self, method: str, parameters: dict[str, Any]) -> Any:
        number = next(self._ids)
        self._connection.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._connection.recv(timeout=PATIENCE))
            if answer.get("id") == number:
                if answer["type"] == "error":
                    raise AssertionError(f"{method}: {answer['error']}: {answer['message']}")
                return answer["result"]


class _WebKit:
    """WebKitGTK over WebDriver."""

    def __init__(self, driver: str, browser: Path) -> None:
        options = {"binary": str(browser), "args": ["--automation"]}
        capabilities = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        self._driver = driver
        session = _ask(f"{driver}/session", {"capabilities": capabilities})["sessionId"]
        self._session = f"{driver}/session/{session}"
        _ask(f"{self._session}/timeouts", {"script": PATIENCE * 1000, "pageLoad": PATIENCE * 1000})

    def go(self, address: str) -> None:
        _ask(f"{self._session}/url", {"url": address})

    def run(self, function: str, *arguments: Any) -> Any:
        script = (
            "const done = arguments[arguments.length - 1];"
            f"(async () => ({function})(...arguments[0]))()"
            ".then(value => done({value: JSON.stringify(value ?? null)}), error => done({error: String(error)}));"
        )
        answer = _ask(f"{self._session}/execute/async", {"script": script, "args": [arguments]})
        if "error" in answer:
            raise AssertionError(answer["error"])
        return json.loads(answer["value"])

    def press(self, *keys: str) -> None:
        steps = [{"type": kind, "value": KEYS.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
        _ask(f"{self._session}/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": steps}]})

    def click(self, x: float, y: float) -> None:
        steps = [
            {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        _ask(f"{self._session}/actions", {"actions": [{"type": "pointer", "id": "mouse", "actions": steps}]})

    def resize(self, width: int, height: int) -> None:
        # The window is larger than the page by what is around it.
        _ask(f"{self._session}/window/rect", {"width": width, "height": height})
        inner = self.run("() => [innerWidth, innerHeight]")
        rect = {"width": width + width - inner[0], "height": height + height - inner[1]}
        _ask(f"{self._session}/window/rect", rect)

    def close(self) -> None:
        with suppress(OSError):
            urllib.request.urlopen(urllib.request.Request(self._session, method="DELETE"), timeout=PATIENCE)


@contextmanager
def _run_firefox(folder: Path) -> Iterator[Engine]:
    port = _free_port()
    preferences = {"browser.shell.checkDefaultBrowser": False, "datareporting.policy.dataSubmissionEnabled": False}
    lines = "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items())
    (folder / "user.js").write_text(lines)
    command = [_firefox(), "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", str(port)]
    with _process(command, {"HOME": str(folder)}), _connected(f"ws://127.0.0.1:{port}/session") as connection:
        yield _Firefox(connection)


@contextmanager
def _run_webkit(folder: Path) -> Iterator[Engine]:
    browser = _webkit()
    assert browser
    with _screen() as display:
        port = _free_port()
        environment = {"DISPLAY": display, "HOME": str(folder), "LIBGL_ALWAYS_SOFTWARE": "1"}
        with _process([WEBKIT_DRIVER, f"--port={port}"], environment):
            _wait_for(port)
            engine = _WebKit(f"http://127.0.0.1:{port}", browser)
            yield engine
            engine.close()


@contextmanager
def _screen() -> Iterator[str]:
    """Yield the name of a screen that is made for as long as it is needed."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as process:
        os.close(writing)
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
        process.terminate()


@contextmanager
def _process(command: Sequence[str | None], environment: dict[str, str]) -> Iterator[None]:
    """Run a program quietly for as long as it is needed."""
    arguments = [argument for argument in command if argument]
    with subprocess.Popen(
        arguments, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        yield
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()


@contextmanager
def _connected(address: str) -> Iterator[ClientConnection]:
    """Yield a connection to a browser as soon as it listens."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            connection = connect(address, max_size=None, proxy=None)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            with connection:
                yield connection
            return


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def _ask(address: str, body: dict[str, Any]) -> Any:
    """Send a command of WebDriver and return its value."""
    request = urllib.request.Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=2 * PATIENCE) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        raise AssertionError(f"{address}: {error.read().decode()}") from None


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _firefox() -> str | None:
    return next(filter(None, map(shutil.which, FIREFOX)), None)


def _webkit() -> Path | None:
    return next(iter(sorted(Path("/usr").glob(WEBKIT), reverse=True)), None)
