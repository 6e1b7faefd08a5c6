"""Six things that go wrong on a newcomer's machine: each is provoked, each gets one sentence and no traceback."""

import re
import socket

import pytest


@pytest.fixture
def taken_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield str(taken.getsockname()[1])


@pytest.fixture
def closed_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def said(result) -> str:
    """Return what `make run` said at its end, without the line that make itself adds."""
    lines = [line for line in result.stderr.splitlines() if line.strip() and not re.match(r"make(\[\d+\])?: ", line)]
    assert result.returncode != 0
    assert "Traceback" not in result.stdout + result.stderr
    return "\n".join(lines)


def test_python_too_old(clone):
    path = clone.python_with("sys.version_info = (3, 9, 2, 'final', 0)")

    result = clone.run("make", "run", PATH=path)

    assert said(result) == (
        "Python 3.11 oder neuer wird gebraucht, gefunden wurde Python 3.9.2: Bitte ein neueres Python installieren "
        "oder angeben, z. B. make run PYTHON=python3.12."
    )


def test_venv_missing(clone):
    path = clone.python_with("sys.modules['ensurepip'] = None")

    result = clone.run("make", "run", PATH=path)

    assert said(result) == (
        "Pythons Modul „venv“ fehlt: Bitte nachinstallieren (Debian und Ubuntu: apt-get install python3-venv) "
        "und den Befehl noch einmal starten."
    )


def test_port_in_use(clone, taken_port):
    result = clone.run("make", "run", PORT=taken_port)

    assert said(result) == (
        f"Port {taken_port} auf 127.0.0.1 ist schon belegt: Bitte das andere Programm beenden "
        f"oder einen anderen Port wählen, z. B. make run PORT={int(taken_port) + 1}."
    )


def test_no_network(clone, closed_port):
    nobody = f"http://127.0.0.1:{closed_port}/"  # pip asks there in vain for the first package

    result = clone.run("make", "run", PIP_INDEX_URL=nobody, PIP_NO_CACHE_DIR="1", PORT=closed_port)

    assert said(result) == (
        "Keine Netzverbindung: Die Python-Pakete konnten nicht geladen werden. "
        "Bitte Netzwerk oder Proxy prüfen und den Befehl noch einmal starten."
    )


@pytest.mark.parametrize("in_the_way", ["a file", "a folder of the system"])
def test_folder_not_writable(clone, in_the_way, tmp_path):
    folder = tmp_path / "taken"
    folder.touch()
    data = {"a file": folder / "var", "a folder of the system": "/proc/stadterneuerung"}[in_the_way]

    result = clone.run("make", "run", VAR_DIR=str(data))

    assert said(result) == (
        f"Der Ordner {data} ist nicht beschreibbar: Bitte Rechte prüfen "
        "oder mit VAR_DIR=/anderer/ordner einen anderen Datenordner angeben."
    )


def test_database_unreachable(clone, closed_port):
    result = clone.run("make", "run", DATABASE_URL=f"postgres://redaktion:geheim@127.0.0.1:{closed_port}/amt")

    assert said(result) == (
        f"Die Datenbank auf 127.0.0.1, Port {closed_port}, ist nicht erreichbar: Bitte DATABASE_URL prüfen "
        "und den Datenbankserver starten."
    )
    assert "geheim" not in result.stdout + result.stderr


@pytest.mark.parametrize("port", ["achtzig", "0", "70000"])
def test_port_that_is_none(clone, port):
    result = clone.run("make", "run", PORT=port)

    assert said(result) == f"PORT={port} ist keine Portnummer: Bitte eine Zahl zwischen 1 und 65535 angeben."


def test_host_of_another_machine(clone):
    result = clone.run("make", "run", HOST="192.0.2.1")

    assert said(result) == "HOST=192.0.2.1 ist keine Adresse dieses Rechners: Bitte z. B. HOST=127.0.0.1 angeben."
