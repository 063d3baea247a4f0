"""Real web servers on the loopback interface, with the configurations that the build makes for them."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import mimetypes
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

import brotli
import pytest

import told
from loopback import Asked, Said, listening

BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
_PATIENCE = 15

# What Debian's own /etc/nginx/nginx.conf has, but for the places where this run may write.
_NGINX = """\
{load}
{user}
daemon off;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 256; }}
http {{
    sendfile on;
    tcp_nopush on;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/statement.conf;
}}
"""


@dataclass(frozen=True)
class Served:
    """Where a server listens, and what it needs to be trusted: a file with the certificate of who signed its own."""

    name: str
    port: int
    environment: Mapping[str, str] = field(default_factory=dict)


def program(name: str, package: str) -> str:
    """Return the path of a program; skip the test where it is not installed."""
    path = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not path:
        pytest.skip(f"{name} is not installed; `apt-get install {package}` brings it")
    return path


def put(site: Path, root: Path, folder: str) -> None:
    """Copy a site to where the configurations look for it: below a root, in its folder of the host."""
    shutil.copytree(site, root / folder.strip("/"), dirs_exist_ok=True)


@contextlib.contextmanager
def nginx(configuration: str, root: Path, work: Path, *, has_brotli: bool = False) -> Iterator[Served]:
    """Run nginx with a configuration of the build: only where it listens and where the site is are changed."""
    path = program("nginx", "nginx-light")
    if has_brotli and not BROTLI.is_file():
        pytest.skip("nginx has no module for brotli; `apt-get install libnginx-mod-http-brotli-static` brings it")
    port = _free_port()
    configuration = _once(r"listen 80;\n    listen \[::\]:80;", f"listen 127.0.0.1:{port};", configuration)
    configuration = _once(r"root /var/www/[\w.-]+;", f"root {root};", configuration)
    if has_brotli:
        configuration = _once("#brotli_static on;", "brotli_static on;", configuration)
    (work / "statement.conf").write_text(configuration, "utf-8")
    load = f"load_module {BROTLI};" if has_brotli else ""
    # Started as root it would run as a user who may not read the folders of a test.
    user = "user root;" if os.geteuid() == 0 else ""
    (work / "nginx.conf").write_text(_NGINX.format(load=load, user=user, folder=work), "utf-8")
    command = [path, "-c", str(work / "nginx.conf")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr, tried.stderr
    with _running(command, port, work):
        yield Served("127.0.0.1", port)


@contextlib.contextmanager
def caddy(configuration: str, root: Path, work: Path) -> Iterator[Served]:
    """Run Caddy with a configuration of the build: only where it listens and where the site is are changed.

    Where the address is one of https, Caddy signs a certificate itself.
    """
    path = program("caddy", "caddy")
    port = _free_port()
    (work / "Caddyfile").write_text(configuration, "utf-8")
    form = subprocess.run([path, "fmt", str(work / "Caddyfile")], capture_output=True, text=True, check=False)
    assert form.stdout == configuration, "the build writes what Caddy's own formatter would"
    is_safe = re.search(r"^https://", configuration, re.MULTILINE)
    bind = "\tbind 127.0.0.1\n\ttls internal\n" if is_safe else "\tbind 127.0.0.1\n"
    configuration = _once(r"^((?:https?://[^ ]+)?)(?::80)? \{\n", rf"\1:{port} {{\n{bind}", configuration)
    configuration = _once(r"root \* /var/www/[\w.-]+\n", f"root * {root}\n", configuration)
    alone = "{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n}\n"
    (work / "Caddyfile").write_text(alone + configuration, "utf-8")
    environment = {"XDG_DATA_HOME": str(work / "data"), "XDG_CONFIG_HOME": str(work / "config"), "HOME": str(work)}
    command = [path, "run", "--adapter", "caddyfile", "--config", str(work / "Caddyfile")]
    with _running(command, port, work, environment):
        authority = work / "data" / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        yield Served("127.0.0.1", port, {"SSL_CERT_FILE": str(authority)} if is_safe else {})


@contextlib.contextmanager
def by_headers(_: str, root: Path, work: Path) -> Iterator[Served]:
    """Run a host that reads `_headers` and `_redirects` as Netlify and Cloudflare Pages say that they do.

    It reads them, and the page for what is missing, at its own root, where somebody has to put them first if the site
    is in a folder.
    """
    del work
    (file_of_headers,) = root.rglob("_headers")
    for name in ("_headers", "_redirects", "404.html"):
        (file_of_headers.parent / name).rename(root / name)
    rules = told.rules((root / "_headers").read_text("utf-8"))
    lines = (root / "_redirects").read_text("utf-8").splitlines()
    moved = {old: (int(status), new) for old, new, status in (line.split() for line in lines)}

    def answer(asked: Asked) -> Said:
        if asked.path in moved:
            status, new = moved[asked.path]
            return Said(status, {"Location": new})
        path = root / unquote(asked.path).lstrip("/")
        if path.is_dir() and not asked.path.endswith("/"):
            return Said(301, {"Location": f"{asked.path}/"})
        file = path / "index.html" if path.is_dir() else path
        # Neither host gives out the files that are meant for it; ours for other servers lie there like any other.
        is_there = file.is_file() and not file.name.startswith((".", "_"))
        file = file if is_there else root / "404.html"
        # What such hosts send by themselves, and what `_headers` changes of that; of two values both are sent.
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        headers = {
            "Content-Type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
            "Cache-Control": "no-cache",
            "Vary": "Accept-Encoding",
            "Etag": f'"{hashlib.sha256(file.read_bytes()).hexdigest()[:12]}"',
        }
        # As at Cloudflare, which does so to what is missing, too.
        headers |= told.as_cloudflare(rules, asked.path)
        if is_there and asked.etag == headers["Etag"]:
            return Said(304, headers)
        data = file.read_bytes()
        if asked.encoding and file.suffix != ".png":
            headers["Content-Encoding"] = asked.encoding
            data = (brotli if asked.encoding == "br" else gzip).compress(data)
        return Said(200 if is_there else 404, headers, data)

    with listening(answer, "host.example") as (name, port):
        yield Served(name, port)


@contextlib.contextmanager
def _running(command: list[str], port: int, work: Path, environment: Mapping[str, str] | None = None) -> Iterator[None]:
    """Run a server until a test has ended; it is up when its port answers."""
    with (work / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **(environment or {})})
        try:
            end = time.monotonic() + _PATIENCE
            while not _answers(port):
                assert process.poll() is None, (work / "log").read_text()
                assert time.monotonic() < end, (work / "log").read_text()
                time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1):
            return True
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _once(pattern: str, new: str, text: str) -> str:
    changed, count = re.subn(pattern, new, text, flags=re.MULTILINE)
    assert count == 1, f"{pattern} fits {count} times"
    return changed
