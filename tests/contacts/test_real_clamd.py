"""ClamAV's own daemon, with a signature of ours: what it says in earnest is understood."""

import io

import pikepdf
import pytest

from contacts.models import Attachment, Enquiry
from contacts.scanning import NotScanned, Verdict, is_silent, scan
from tests.browser_support import in_ci
from tests.contacts.clamd_support import CLAMD, EICAR, real_clamd
from tests.contacts.conftest import post
from tests.contacts.pdf_support import locked_pdf, pdf, pdf_upload

pytestmark = pytest.mark.skipif(
    CLAMD is None and not in_ci(), reason="clamd is not installed (Debian package clamav-daemon)"
)


@pytest.fixture(scope="module")
def addresses(tmp_path_factory):
    assert CLAMD, "in CI nothing is passed over in silence"
    with real_clamd(tmp_path_factory.mktemp("clamd")) as addresses:
        yield addresses


@pytest.fixture(autouse=True)
def _asked_by_the_site(settings, addresses):
    settings.CLAMD_URL = addresses[0]


def infected_pdf() -> bytes:
    """Return a PDF with something harmful on its page, packed as programmes do."""
    document = pikepdf.open(io.BytesIO(pdf()))
    document.pages[0].Contents = document.make_stream(EICAR)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize("number", [0, 1], ids=["tcp", "unix"])
def test_it_answers(settings, addresses, number):
    settings.CLAMD_URL = addresses[number]

    assert not is_silent()
    assert scan(pdf()) == Verdict()
    assert scan(EICAR) == Verdict("Own.Test.Eicar.UNOFFICIAL")
    assert EICAR not in infected_pdf()
    assert scan(infected_pdf()).kind == "Own.Test"


def test_it_says_what_it_cannot_look_into():
    assert scan(locked_pdf(user="geheim")).is_encrypted
    assert scan(locked_pdf(user="")).is_clean


def test_it_refuses_what_is_larger_than_its_limit():
    with pytest.raises(NotScanned):
        scan(pdf() + b" " * 2 * 1024 * 1024)
    assert not is_silent()


@pytest.mark.django_db
def test_an_infected_pdf_is_not_stored_and_a_clean_one_is(client, contact_page, enquiry_data, attachment_dir):
    files = [pdf_upload(infected_pdf(), "rechnung.pdf"), pdf_upload(pdf())]

    response = post(client, contact_page, enquiry_data | {"pictures": files})

    assert response.status_code == 422
    assert [error[:40] for error in response.context["form"].errors["pictures"]] == [
        "„rechnung.pdf“: Unser Virenscanner lässt"
    ]
    assert [path.read_bytes()[:5] for path in attachment_dir.iterdir()] == [b"%PDF-"]
    assert (Attachment.objects.count(), Enquiry.objects.count()) == (1, 0)
