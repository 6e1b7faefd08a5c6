"""Start and stop of the services, with small stand-ins for gunicorn and manage.py in an empty clone."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

START = "from tools import install, run; import sys; install.install = lambda dev: None; sys.exit(run.main([]))"
SERVER = """
import http.server, os, subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])  # a worker process, as gunicorn has
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(int(os.environ.get("ANSWER", "200"))); self.end_headers()
    def log_message(self, *args): pass
http.server.HTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Answer).serve_forever()
"""
MANAGE = """
import os, pathlib, sys, time
var = pathlib.Path(os.environ["VAR_DIR"])
if sys.argv[1] == "prepare":
    with (var / "prepared").open("a") as log: log.write(" ".join(sys.argv[2:]) + "\\n")
    (var / "static").mkdir(exist_ok=True); (var / "static/staticfiles.json").touch(); (var / "db.sqlite3").touch()
    (var / "accounts.txt").write_text("redaktion  geheim\\n")
    sys.exit(os.environ.get("PREPARE_FAILS"))
if os.environ.get("WORKER_FAILS"):
    sys.exit("Der Dienst hat ein Problem.")
time.sleep(300)
"""


def processes_of_session(*leaders: int) -> list[int]:
    """Return living processes whose session was started by one of the leaders (Linux)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) in leaders and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.fixture
def site(clone, tmp_path):
    """Return a starter of `make run`'s last part; whatever it started is ended with the test."""
    programs = clone.root / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").symlink_to(sys.executable)
    (programs / "gunicorn").write_text(f"#!{sys.executable}\n{SERVER}")
    (programs / "gunicorn").chmod(0o755)
    (clone.root / "manage.py").write_text(MANAGE)
    (tmp_path / "var").mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    started = []

    def start(*before: str, **env: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [*before, sys.executable, "-c", START],
            cwd=clone.root,
            env={**clone.env, "PORT": port, "VAR_DIR": str(tmp_path / "var"), **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        process.address = f"http://127.0.0.1:{port}/"
        started.append(process)
        return process

    yield start
    for process in started:
        process.terminate()
        process.communicate(timeout=20)


def read_until(process: subprocess.Popen, text: str) -> str:
    seen = ""
    while text not in seen:
        line = process.stdout.readline()
        assert line, f"ended before it said {text!r}:\n{seen}"
        seen += line
    return seen


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything(site, how):
    process = site()
    said = read_until(process, "Beenden mit Strg-C")
    children = children_of(process.pid)
    living = processes_of_session(*children)

    process.send_signal(how)
    rest, _ = process.communicate(timeout=20)

    assert process.address in said
    assert "redaktion  geheim" in said
    assert len(living) == 3
    assert processes_of_session(*children) == []
    assert process.returncode == 0
    assert rest.strip() == "Wird beendet …"


def test_interrupt_works_in_the_background(site):
    process = site("sh", "-c", 'trap "" INT; exec "$@"', "sh")
    read_until(process, "Beenden mit Strg-C")
    children = children_of(process.pid)

    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)

    assert process.returncode == 0
    assert processes_of_session(*children) == []


def test_a_service_that_ends_takes_the_others_along(site):
    process = site(WORKER_FAILS="1")
    read_until(process, "Beenden mit Strg-C")
    children = children_of(process.pid)

    rest, _ = process.communicate(timeout=20)

    assert process.returncode == 1
    assert "Der Dienst hat ein Problem." in rest
    assert "Ein Dienst hat sich beendet" in rest
    assert "Traceback" not in rest
    assert processes_of_session(*children) == []


def test_second_start_prepares_nothing(site, tmp_path):
    for _ in range(2):
        process = site()
        read_until(process, "Beenden mit Strg-C")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)

    assert (tmp_path / "var" / "prepared").read_text() == "--database --static\n"


def test_lost_database_is_made_again(site, tmp_path):
    for _ in range(2):
        process = site()
        read_until(process, "Beenden mit Strg-C")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        (tmp_path / "var" / "db.sqlite3").unlink()

    assert (tmp_path / "var" / "prepared").read_text() == "--database --static\n--database\n"


def test_failed_preparation_is_told_and_tried_again(site, tmp_path):
    process = site(PREPARE_FAILS="Die Datenbank lässt keine Verbindung zu.")
    said, _ = process.communicate(timeout=20)
    second = site()
    read_until(second, "Beenden mit Strg-C")

    assert process.returncode == 1
    assert "Die Datenbank lässt keine Verbindung zu." in said
    assert "Traceback" not in said
    assert len((tmp_path / "var" / "prepared").read_text().splitlines()) == 2


def test_start_page_with_an_error_is_told(site):
    process = site(ANSWER="500")

    said = read_until(process, "Beenden mit Strg-C")

    assert "Die Startseite meldet einen Fehler (500)" in said
