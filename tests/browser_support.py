"""Browser tests where Chromium and Java are there, one clear sentence where not, and never silently green in CI.

Loaded by tests/conftest.py as a plugin. Tests in tests/browser carry the mark `browser` by themselves; tests that
start the HTML checker add `@pytest.mark.java`. `make test` runs them in one process, beside one server and browser.
"""

import os
import shutil
from pathlib import Path

import pytest

BROWSER_FOLDER = Path(__file__).parent / "browser"
VNU_JAR = Path(__file__).parent.parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
PROGRAMS = {"browser": ("Chromium", ("chromium", "chromium-browser", "google-chrome")), "java": ("Java", ("java",))}
HOW_TO = "Als root auf Debian installiert make test beides selbst, sonst: apt-get install chromium default-jre-headless"
SENTENCE = "Browsertests: nicht gelaufen – "


def program(mark: str) -> str | None:
    """Return the path of the program that tests with this mark need, None where it is missing."""
    return next((path for name in PROGRAMS[mark][1] if (path := shutil.which(name))), None)


def reason_not_to_run(item: pytest.Item) -> str | None:
    absent = [PROGRAMS[mark][0] for mark in PROGRAMS if item.get_closest_marker(mark) and not program(mark)]
    if not absent:
        return None
    return f"{SENTENCE}{' und '.join(absent)} {'fehlen' if len(absent) > 1 else 'fehlt'}."


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true"}


def pytest_itemcollected(item: pytest.Item) -> None:
    if BROWSER_FOLDER in item.path.parents:
        item.add_marker(pytest.mark.browser)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    reason = reason_not_to_run(item)
    if reason and in_ci():
        pytest.fail(reason, pytrace=False)
    elif reason:
        pytest.skip(reason)


def pytest_terminal_summary(terminalreporter) -> None:
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    reasons = sorted({text[text.index(SENTENCE) :].rstrip("')") for text in skipped if SENTENCE in text})
    for reason in reasons:
        terminalreporter.write_line(f"{reason} {HOW_TO}", yellow=True)
