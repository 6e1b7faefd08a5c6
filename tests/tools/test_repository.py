"""What the repository may hold: own sources and locks, no foreign or built file, no address of a package registry."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Put together here, so that this file does not hold what it forbids.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("jsdelivr", "net"),
        ("unpkg", "com"),
    )
]
NOT_OURS = ("static/vendor/", "static/build/", "node_modules/", ".venv/", "var/", "uv.lock")


def tracked() -> list[str]:
    """Return what git tracks or would add, so that a mistake is seen before it is committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [name for name in names if name and (ROOT / name).is_file()]


def pins(lock: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==([^ ;]+)", (ROOT / lock).read_text(), re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


def test_nothing_foreign_or_built_is_tracked():
    assert [
        name for name in tracked() if name.startswith(NOT_OURS) or name.endswith((".mo", ".min.js", ".min.css"))
    ] == []


def test_built_folders_are_ignored():
    paths = ["static/vendor/x.js", "static/build/site.css", "node_modules/x", ".venv/x", "var/db.sqlite3", "uv.lock"]
    result = subprocess.run(
        ["git", "check-ignore", "--no-index", *paths], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert result.stdout.splitlines() == paths


def test_no_address_of_a_package_registry():
    pattern = re.compile("|".join(map(re.escape, REGISTRIES)))
    found = []
    for name in tracked():
        content = (ROOT / name).read_bytes()
        if b"\0" not in content and pattern.search(content.decode("utf-8", "replace")):
            found.append(name)

    assert found == []


def test_front_end_lock_pins_by_hash_alone():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    dependencies = {path: package for path, package in packages.items() if path}

    assert dependencies
    assert [path for path, package in dependencies.items() if "integrity" not in package] == []
    assert [path for path, package in dependencies.items() if "resolved" in package] == []


def test_front_end_versions_are_exact():
    package = json.loads((ROOT / "package.json").read_text())
    versions = {**package["dependencies"], **package["devDependencies"]}

    assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt", "requirements-node.txt"])
def test_python_locks_are_hashed_and_name_no_place(lock):
    text = (ROOT / lock).read_text()
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())

    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"https?://|file:|index-url|find-links|/home/|/opt/", text) == []


def test_locks_hold_every_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    def names(requirements):
        return {re.match(r"[A-Za-z0-9_-]+", requirement)[0].lower().replace("_", "-") for requirement in requirements}

    assert names(project["dependencies"]) - pins("requirements.txt").keys() == set()
    assert names(project["optional-dependencies"]["dev"]) - pins("requirements-dev.txt").keys() == set()


def test_development_lock_holds_the_versions_of_the_run_time_lock():
    runtime, development = pins("requirements.txt"), pins("requirements-dev.txt")

    assert {name: versions for name, versions in runtime.items() if development.get(name) != versions} == {}


def test_make_help_describes_every_target():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    described = set(re.findall(r"^([a-z-]+):.* ## \S", makefile, re.MULTILINE))

    assert targets - described == {"setup-dev"}
