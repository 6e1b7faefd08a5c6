"""What docs/datenschutz.md says about periods and rights is what the software does."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from contacts.models import ProcessingPurpose
from stadterneuerung.home.roles import ROLES

TEXT = (settings.ROOT / "docs" / "datenschutz.md").read_text()


def table(heading: str) -> dict[str, list[str]]:
    """Return the rows of the first table under a heading: first cell → the others."""
    section = TEXT.partition(f"\n## {heading}")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in rows[2:]}


@pytest.mark.django_db
def test_periods_are_those_that_are_enforced():
    said = {name: [int(number) for number in re.findall(r"\d+", cells[0])] for name, cells in table("Fristen").items()}
    days = settings.RETENTION_DAYS

    assert said == {
        "Anfragen": [ProcessingPurpose.objects.get(key="question", version=1).retention_days],
        "Barrieremeldungen": [ProcessingPurpose.objects.get(key="barrier", version=1).retention_days],
        "Testmails und Tagesübersichten": [days["mail_without_case"]],
        "Dateien, die nie abgeschickt wurden": [days["upload_without_case"]],
        "Mails im Postfach für eingehende Mails, die übernommen sind": [days["inbound_mail"]],
        "Quarantäne, die niemand ansieht": [days["quarantine"]],
        "Beantwortetes, das niemand abschließt": [days["answered"]],
        "Löschanträge, über die niemand entscheidet": [days["open_request"]],
        "Adressen, für die jemand ein neues Passwort anfordert": [settings.PASSWORD_RESET["keep_seconds"] // 60],
        "Zugriffsprotokoll": [settings.AUDIT_YEARS],
        "Protokoll des Webservers davor": [days["server_log"]],
        "Sicherungen der Datenbank": [],
    }


RIGHTS = [
    "contacts.view_auditentry",
    "contacts.handle_requests",
    "contacts.hold_enquiries",
    "contacts.add_processingpurpose",
]


def test_rights_are_those_of_the_groups():
    def cases(models: list[str]) -> str:
        if "contacts.view_all_enquiries" in models:
            return "alle"
        return "der eigenen Einheiten" if "contacts.view_enquiry" in models else "nur auf Auskunft hin"

    expected = {
        name: [cases(role.models), *["ja" if right in role.models else "nein" for right in RIGHTS]]
        for name, role in ROLES.items()
    }

    assert table("Rollen und Rechte") == expected


def test_trail_is_kept_longer_than_any_case():
    longest = max(map(int, re.findall(r"(\d+) Tage nach Abschluss", TEXT)))

    assert longest < settings.AUDIT_YEARS * 365


def test_every_setting_and_command_named_exists():
    commands = {path.stem for path in (settings.ROOT / "contacts/management/commands").glob("*.py")}

    assert {"purge_personal_data", "verify_audit_trail"} <= commands & set(re.findall(r"`(\w+)`", TEXT))
    assert set(re.findall(r'RETENTION_DAYS\["(\w+)"\]', TEXT)) == set(settings.RETENTION_DAYS)
    assert all((Path(settings.ROOT) / path).is_file() for path in re.findall(r"`([\w/]+\.py)`", TEXT))
