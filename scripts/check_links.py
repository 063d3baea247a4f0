"""Check a site where it has been put up: its links and places, what its host sends, how it answers what is missing.

Exit code 0 when all is well, 1 with everything that is wrong on standard error, one line each.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from publish import addresses, live, project, readers
from publish.crawl import Client, Limits
from statement.errors import InputError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    options = _options(arguments)
    try:
        published = addresses.listed(project.published(project.home(options.source)))
    except InputError as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        return 1
    client = Client(options.address, options.connect, Limits(addresses=options.most, at_once=options.at_once))
    try:
        report = live.check(client, options.address, published, options.plain)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 1
    finally:
        client.close()
    print(*report.findings, sep="\n", end="\n" if report.findings else "", file=sys.stderr)
    wrong = f"{len(report.findings)} wrong" if report.findings else "nothing wrong"
    print(f"{options.address}: {report.pages} pages and {report.files} other files, {wrong}")
    return 1 if report.findings else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("address", type=_address, metavar="URL", help="where the site is")
    parser.add_argument("--source", type=Path, default=project.SOURCE, metavar="DIR", help="the statement's folder")
    parser.add_argument(
        "--plain", action="store_true", help="the host sends no headers that one chooses: GitHub Pages, GitLab Pages"
    )
    parser.add_argument(
        "--connect",
        type=_connect,
        metavar="HOST:PORT",
        help="ask this host in the name of the site's, as before the name leads to it",
    )
    parser.add_argument("--most", type=int, default=Limits.addresses, help="ask for so many addresses at most")
    parser.add_argument("--at-once", type=int, default=Limits.at_once, help="ask for so many at once")
    return parser.parse_args(arguments)


def _address(text: str) -> str:
    if not readers.is_site(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no address; give one such as https://example.org/statement/")
    return text.rstrip("/") + "/"


def _connect(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is no host with a port; give one such as 192.0.2.1:443")
    return host.strip("[]"), int(port)


if __name__ == "__main__":
    sys.exit(main())
