"""The containers: parsable, hardened, and run exactly as docs/betrieb.md says."""

import re
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from tools.postgres import DISCREET

ROOT = Path(__file__).resolve().parents[2]
OWN_SERVICES = {"setup", "web", "worker"}


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def manual() -> str:
    return (ROOT / "docs" / "betrieb.md").read_text(encoding="utf-8")


def command_line(service: dict) -> str:
    """Return the command as a person would type it: that of a shell without the shell."""
    command = service["command"]
    return command[2] if command[:2] == ["sh", "-c"] else " ".join(command)


def test_services_and_volumes(compose):
    services = compose["services"]
    mounted = {volume.split(":")[0] for service in services.values() for volume in service["volumes"]}

    assert services.keys() == OWN_SERVICES | {"db"}
    assert services["db"]["image"] == "postgres:16"
    assert mounted == compose["volumes"].keys()
    assert {name for name, service in services.items() if "healthcheck" in service} == {"db", "web", "worker"}


def test_database_writes_no_words_into_its_log(compose):
    _server, *options = compose["services"]["db"]["command"]

    assert options[::2] == ["-c", "-c"]
    assert dict(option.split("=") for option in options[1::2]) == DISCREET


def test_start_order(compose):
    services = compose["services"]

    assert services["setup"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    for name in ("web", "worker"):
        assert services[name]["depends_on"] == {"setup": {"condition": "service_completed_successfully"}}


def test_manual_names_the_command_of_every_service(compose, manual):
    documented = dict(re.findall(r"^\| `(\w+)` \| `?([^|`]+?)`? \|", manual, re.MULTILINE))
    used = {name: command_line(service) for name, service in compose["services"].items() if name in OWN_SERVICES}

    assert {name: documented[name] for name in used} == used


def test_image_starts_what_the_web_service_starts(compose):
    last = (ROOT / "Dockerfile").read_text().strip().splitlines()[-1]

    assert last == 'CMD ["gunicorn", "stadterneuerung.wsgi:application"]'
    assert compose["services"]["web"]["command"] == ["gunicorn", "stadterneuerung.wsgi:application"]


def test_every_documented_command_exists(compose, manual):
    text = manual + " ".join(command_line(compose["services"][name]) for name in OWN_SERVICES)
    commands = set(re.findall(r"manage\.py (\w+)", text))

    assert {"migrate", "setup_site", "worker", "load_content", "remove_examples"} <= commands
    assert commands - get_commands().keys() == set()


def test_manual_explains_every_variable_of_the_env_file(manual):
    compose_text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    taken = set(re.findall(r"\$\{(\w+)", compose_text))
    section = manual[manual.index("## Einstellungen") : manual.index("## Erster Start")]

    assert set(re.findall(r"^\| `([A-Z_]+)` \|", section, re.MULTILINE)) == taken


def test_secrets_have_no_default(compose):
    required = {"SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL"}
    environment = compose["services"]["web"]["environment"]

    assert {name for name, value in environment.items() if ":?" in value} == required | {"DATABASE_URL"}


@pytest.mark.parametrize("name", sorted(OWN_SERVICES))
def test_own_services_run_with_few_rights(compose, name):
    service = compose["services"][name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service


def test_image_is_built_in_stages_and_runs_without_root():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    stages = [line.split()[1] for line in lines if line.startswith("FROM ")]
    last_stage = lines[max(number for number, line in enumerate(lines) if line.startswith("FROM ")) :]

    assert stages == ["python:3.11-slim-bookworm"] * 2
    assert [line for line in last_stage if line.startswith("USER ")] == ["USER amt"]


def test_site_is_reachable_on_this_machine_only(compose):
    assert compose["services"]["web"]["ports"] == ["127.0.0.1:${PORT:-8000}:8000"]
    assert "ports" not in compose["services"]["db"]


def test_image_takes_no_local_files():
    ignored = (ROOT / ".dockerignore").read_text().split()

    assert {".git", ".env", "var", ".venv", "node_modules", "static/build", "static/vendor"} <= set(ignored)
