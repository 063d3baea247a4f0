"""What builds and puts up the site elsewhere: GitHub and GitLab accept it, and it may do no more than it has to."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import support

PAGES = support.ROOT / ".github" / "workflows" / "pages.yml"
GITLAB = support.ROOT / ".gitlab-ci.yml"
NETLIFY = support.ROOT / "netlify.toml"


def schema(name: str) -> dict[str, Any]:
    """Return the schema that the service, or SchemaStore for it, publishes; check-jsonschema carries it."""
    file = f"check_jsonschema/builtin_schemas/vendor/{name}.json"
    path = Path(str(metadata.distribution("check-jsonschema").locate_file(file)))
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def read(text: str) -> Any:
    """Return what YAML says to GitHub and GitLab, to whom `on` is a word."""
    found = yaml.safe_load(text)
    return {"on" if key is True else key: value for key, value in found.items()}


def steps(workflow: Any) -> list[Any]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize(("path", "name"), [(PAGES, "github-workflows"), (GITLAB, "gitlab-ci")])
def test_the_service_accepts_the_file(path: Path, name: str) -> None:
    jsonschema.Draft7Validator(schema(name)).validate(read(path.read_text("utf-8")))


def test_the_schemas_find_a_mistake() -> None:
    for path, name, old, new in [
        (PAGES, "github-workflows", "runs-on:", "runs_on:"),
        (PAGES, "github-workflows", "id-token: write", "id-token: all"),
        (GITLAB, "gitlab-ci", "script:", "scripts:"),
        (GITLAB, "gitlab-ci", "    paths:\n", "    path:\n"),
    ]:
        text = path.read_text("utf-8")
        assert old in text
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft7Validator(schema(name)).validate(read(text.replace(old, new)))


def test_every_action_is_pinned_to_a_commit_and_says_which_version_that_is() -> None:
    lines = [line for line in PAGES.read_text("utf-8").splitlines() if "uses:" in line]
    assert len(lines) == len([step for step in steps(read(PAGES.read_text("utf-8"))) if "uses" in step]) == 5
    for line in lines:
        assert re.search(r"uses: actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_each_job_may_do_what_it_has_to_and_no_more() -> None:
    workflow = read(PAGES.read_text("utf-8"))
    assert workflow["permissions"] == {}
    assert {name: job["permissions"] for name, job in workflow["jobs"].items()} == {
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    assert "pull_request" not in str(workflow["on"])
    assert all("${{" not in step.get("run", "") for step in steps(workflow)), "what others name reaches no shell"
    assert steps(workflow)[0]["with"] == {"persist-credentials": False}


def test_each_builds_with_its_own_address_and_puts_up_what_is_built() -> None:
    github, gitlab = read(PAGES.read_text("utf-8")), read(GITLAB.read_text("utf-8"))["pages"]
    netlify = tomllib.loads(NETLIFY.read_text("utf-8"))["build"]
    (build,) = [step for step in steps(github) if "run" in step]
    (upload,) = [step for step in steps(github) if "upload-pages-artifact" in step.get("uses", "")]
    assert (build["run"], build["env"]) == ("make site", {"SITE_URL": "${{ steps.pages.outputs.base_url }}"})
    assert upload["with"] == {"path": "site"}
    assert (gitlab["script"], gitlab["artifacts"]) == (["make site", "mv site public"], {"paths": ["public"]})
    assert gitlab["variables"] == {"SITE_URL": "$CI_PAGES_URL"}
    assert (netlify["command"], netlify["publish"]) == ("make site SITE_URL=$URL", "site")


@pytest.mark.parametrize(
    ("command", "given"),
    [("make site", {"SITE_URL": support.ADDRESS}), ("make site SITE_URL=$URL", {"URL": support.ADDRESS})],
)
def test_the_command_hands_the_address_on_to_the_build(tmp_path: Path, command: str, given: dict[str, str]) -> None:
    assert run_make(tmp_path, command, given) == f"{support.ADDRESS} scripts/build.py site\n"


def test_the_folder_and_the_address_to_check_are_handed_on(tmp_path: Path) -> None:
    assert run_make(tmp_path, "make site BASE=/a/", {}) == " scripts/build.py site --base /a/\n"
    checked = f"scripts/check_links.py {support.ADDRESS}"
    assert run_make(tmp_path, f"make check-links URL={support.ADDRESS}", {}) == f" {checked}\n"
    assert run_make(tmp_path, f"make check-links URL={support.ADDRESS} PLAIN=1", {}) == f" {checked} --plain\n"


def run_make(folder: Path, command: str, given: dict[str, str]) -> str:
    """Return what the Makefile would have Python do, and in which address's name, by having it done by a stand-in."""
    shutil.copy(support.ROOT / "Makefile", folder)
    (folder / "requirements.txt").touch()
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True, exist_ok=True)
    python.write_text('#!/bin/sh\necho "$SITE_URL $*"\n')
    python.chmod(0o755)
    (folder / ".venv" / "site.stamp").touch()
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "SITE_URL"))
    }
    done = subprocess.run(
        ["sh", "-c", f"{command} --silent"],
        cwd=folder,
        env=inherited | given,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout
