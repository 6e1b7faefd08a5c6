"""Pictures that are sent: kept for a form that comes back, private, and gone after a day."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts import pictures
from contacts.models import Attachment, Enquiry, OutboxMessage
from contacts.retention import purge
from tests.contacts.conftest import post, stamp_for
from tests.contacts.pictures_support import (
    picture,
    upload,
)

pytestmark = pytest.mark.django_db


def test_pictures_arrive_with_the_message(client, contact_page, enquiry_data, attachment_dir, settings):
    response = post(client, contact_page, enquiry_data | {"pictures": [upload(), upload(picture("PNG"), "a.txt")]})

    enquiry = Enquiry.objects.get()
    assert response.status_code == 303
    assert list(enquiry.attachments.values_list("extension", "width", "height")) == [("jpg", 60, 40), ("png", 60, 40)]
    assert len(list(attachment_dir.iterdir())) == 2
    words = "Bilder: 2, zu sehen nur im Redaktionssystem (Anmeldung nötig):\n"
    address = settings.WAGTAILADMIN_BASE_URL + reverse("enquiry:edit", args=[enquiry.pk])
    assert words + address in OutboxMessage.objects.get(kind="office").body_text


def test_barrier_report_with_a_screenshot(client, barrier_page):
    post(client, barrier_page, {"description": "Knopf ohne Namen", "pictures": upload(picture("PNG"), "schirm.png")})

    assert Enquiry.objects.get().attachments.count() == 1


def test_names_of_files_are_kept_nowhere(client, contact_page, enquiry_data, attachment_dir):
    post(client, contact_page, enquiry_data | {"pictures": upload(name="Frieda-vor-ihrem-Haus.jpg")})

    assert "Frieda" not in str(list(Attachment.objects.values_list()))
    assert [path.name for path in attachment_dir.iterdir() if "Frieda" in path.name] == []


def test_files_are_readable_by_this_account_alone(client, contact_page, enquiry_data, attachment_dir):
    post(client, contact_page, enquiry_data | {"pictures": upload()})

    assert [path.stat().st_mode & 0o777 for path in attachment_dir.iterdir()] == [0o600]


def test_refused_picture_leaves_the_rest_of_the_form(client, contact_page, enquiry_data):
    files = [upload(), upload(b"kein Bild", "liste.pdf")]

    response = post(client, contact_page, enquiry_data | {"pictures": files})

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "pictures": ["„liste.pdf“: Dieses Format können wir nicht lesen. Möglich sind Bilder als JPEG, PNG oder WebP."]
    }
    assert "Wann beginnt der Umbau?" in response.text
    assert "foto.jpg ist schon da" in response.text
    assert 'href="#id_pictures"' in response.text


def test_picture_that_is_too_large(client, contact_page, enquiry_data, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"max_picture_bytes": 1024 * 1024}
    large = upload(picture() + b"\0" * 1024 * 1024, "gross.jpg")

    response = post(client, contact_page, enquiry_data | {"pictures": large})

    assert response.context["form"].errors == {"pictures": ["„gross.jpg“: Das Bild ist größer als 1,0\xa0MB."]}
    assert Attachment.objects.count() == 0


def test_more_pictures_than_allowed(client, contact_page, enquiry_data):
    response = post(client, contact_page, enquiry_data | {"pictures": [upload() for _ in range(6)]})

    assert response.context["form"].errors == {"pictures": ["„foto.jpg“: Mehr als 5 Dateien gehen nicht."]}
    assert Attachment.objects.filter(enquiry=None).count() == 5


GONE = "Die Dateien von vorhin haben wir nicht mehr. Bitte wählen Sie sie noch einmal aus."


def kept_fields(response) -> dict:
    """Return what the form shown would send along for the pictures that are kept."""
    html = response.text
    return {"pictures-da": html.split('name="pictures-da" value="')[1].split('"')[0]}


def test_pictures_wait_for_a_form_that_comes_back(client, contact_page, enquiry_data, attachment_dir):
    wrong = post(client, contact_page, enquiry_data | {"message": "", "pictures": upload()})

    assert wrong.status_code == 422
    right = post(client, contact_page, enquiry_data | kept_fields(wrong))

    assert right.status_code == 303
    assert Enquiry.objects.get().attachments.count() == 1
    assert len(list(attachment_dir.iterdir())) == 1


def test_kept_picture_can_be_removed(client, contact_page, enquiry_data):
    wrong = post(client, contact_page, enquiry_data | {"message": "", "pictures": [upload(), upload(picture("PNG"))]})
    first = Attachment.objects.first()

    post(client, contact_page, enquiry_data | kept_fields(wrong) | {"pictures-weg": str(first.pk)})

    assert list(Enquiry.objects.get().attachments.values_list("extension", flat=True)) == ["png"]


def test_nobody_takes_what_was_not_given_to_them(client, contact_page, enquiry_data):
    wrong = post(client, contact_page, enquiry_data | {"message": "", "pictures": upload()})
    signed = kept_fields(wrong)["pictures-da"]

    for forged in (signed[:-2] + "xx", str(Attachment.objects.get().pk), "\x00", "[]"):
        response = post(client, contact_page, enquiry_data | {"message": f"mit {forged!r}", "pictures-da": forged})
        assert response.context["form"].errors == {"pictures": [GONE]}

    assert Enquiry.objects.count() == 0
    assert Attachment.objects.get().enquiry is None


def test_double_click_makes_one_enquiry_with_pictures(client, contact_page, enquiry_data):
    stamp = stamp_for(contact_page)

    first = post(client, contact_page, enquiry_data | {"pictures": upload()}, stamp=stamp)
    second = post(client, contact_page, enquiry_data | {"pictures": upload()}, stamp=stamp)

    assert first.url == second.url
    assert Enquiry.objects.get().attachments.count() == 1


def test_double_click_on_a_form_that_came_back_makes_one_enquiry(client, contact_page, enquiry_data):
    wrong = post(client, contact_page, enquiry_data | {"message": "", "pictures": upload()})
    again = enquiry_data | kept_fields(wrong)
    stamp = stamp_for(contact_page)

    urls = {post(client, contact_page, again, stamp=stamp).url for _ in range(2)}

    assert len(urls) == 1
    assert Enquiry.objects.get().attachments.count() == 1


def test_another_picture_is_another_message(client, contact_page, enquiry_data):
    stamp = stamp_for(contact_page)

    post(client, contact_page, enquiry_data | {"pictures": upload()}, stamp=stamp)
    post(client, contact_page, enquiry_data | {"pictures": upload(picture(colour="blue"))}, stamp=stamp)

    assert Enquiry.objects.count() == 2


def test_same_picture_with_another_text_is_copied(client, contact_page, enquiry_data):
    wrong = post(client, contact_page, enquiry_data | {"message": "", "pictures": upload()})
    for text in ("eins", "zwei"):
        post(client, contact_page, enquiry_data | kept_fields(wrong) | {"message": text})

    assert [enquiry.attachments.count() for enquiry in Enquiry.objects.all()] == [1, 1]
    assert len(set(Attachment.objects.values_list("file", flat=True))) == 2


def test_networks_that_send_very_many_pictures(client, contact_page, enquiry_data, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"files_per_hour": 1}

    response = post(client, contact_page, enquiry_data | {"pictures": [upload(), upload()]})

    assert response.context["form"].errors == {
        "pictures": ["„foto.jpg“: Gerade kommen zu viele Dateien aus Ihrem Netz. Bitte senden Sie diese später nach."]
    }


def test_stranger_makes_us_decode_nothing(client, contact_page, enquiry_data):
    response = post(client, contact_page, enquiry_data | {"pictures": upload()}, **{"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403
    assert Attachment.objects.count() == 0


def test_disk_that_is_full(client, contact_page, enquiry_data, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", fail)

    response = post(client, contact_page, enquiry_data | {"pictures": upload()})

    assert response.status_code == 503
    assert "Ihre Nachricht ist noch nicht abgeschickt" in response.text
    assert "stadterneuerung@stadtdo.de" in response.context["problem"]["text"]
    assert "Wann beginnt der Umbau?" in response.text
    assert response.context["form"].errors == {"pictures": ["„foto.jpg“ konnten wir gerade nicht speichern."]}
    assert (Enquiry.objects.count(), Attachment.objects.count()) == (0, 0)


def test_picture_that_has_to_wait_too_long_comes_back(client, contact_page, enquiry_data, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"picture_wait_seconds": 0.01}

    with pictures._one_at_a_time:
        response = post(client, contact_page, enquiry_data | {"pictures": upload()})

    assert response.status_code == 503
    assert response.context["form"].errors == {"pictures": ["„foto.jpg“ konnten wir gerade nicht speichern."]}
    assert "Wann beginnt der Umbau?" in response.text
    assert post(client, contact_page, enquiry_data | {"pictures": upload()}).status_code == 303


def test_waiting_pictures_go_after_a_day(
    client, contact_page, enquiry_data, attachment_dir, django_capture_on_commit_callbacks
):
    post(client, contact_page, enquiry_data | {"message": "", "pictures": upload()})
    post(client, contact_page, enquiry_data | {"pictures": upload(picture("PNG"))})

    assert purge(timezone.now() + dt.timedelta(hours=23)).attachments == 0
    with django_capture_on_commit_callbacks(execute=True):
        purge(timezone.now() + dt.timedelta(hours=25))

    assert list(Attachment.objects.values_list("extension", flat=True)) == ["png"]
    assert [path.suffix for path in attachment_dir.iterdir()] == [".png"]


def test_picture_that_was_kept_and_is_gone_is_said_once(client, contact_page, enquiry_data):
    uploads = [upload(), upload(picture("PNG"), "plan.png")]
    wrong = post(client, contact_page, enquiry_data | {"message": "", "pictures": uploads})
    Attachment.objects.get(extension="jpg").delete()

    told = post(client, contact_page, enquiry_data | kept_fields(wrong))
    sent = post(client, contact_page, enquiry_data | kept_fields(told))

    assert (told.status_code, sent.status_code) == (422, 303)
    assert told.context["form"].errors == {
        "pictures": ["„foto.jpg“ haben wir nicht mehr. Bitte wählen Sie die Datei noch einmal aus."]
    }
    assert "plan.png ist schon da" in told.text
    assert list(Enquiry.objects.get().attachments.values_list("extension", flat=True)) == ["png"]


def test_picture_that_is_gone_and_not_wanted_is_no_loss(client, contact_page, enquiry_data):
    wrong = post(client, contact_page, enquiry_data | {"message": "", "pictures": upload()})
    gone = Attachment.objects.get()
    Attachment.objects.all().delete()

    sent = post(client, contact_page, enquiry_data | kept_fields(wrong) | {"pictures-weg": str(gone.pk)})

    assert sent.status_code == 303


def test_form_left_open_for_a_day_says_that_its_pictures_are_gone(client, contact_page, enquiry_data, clock):
    wrong = post(client, contact_page, enquiry_data | {"message": "", "pictures": upload()})
    clock.move(hours=25)
    purge(timezone.now())

    told = post(client, contact_page, enquiry_data | kept_fields(wrong), stamp=wrong.context["stamp"])
    sent = post(client, contact_page, enquiry_data, stamp=told.context["stamp"])

    assert (told.status_code, sent.status_code) == (422, 303)
    assert told.context["problem"]["text"] == (
        "Das Formular war zu lange offen. Was Sie geschrieben haben, ist noch da. Bei den Dateien fehlt etwas; bitte "
        "sehen Sie dort nach."
    )
    assert "„foto.jpg“ haben wir nicht mehr." in told.text
    assert "pictures-da" not in told.text


def test_list_of_pictures_that_is_too_old_is_said(client, contact_page, enquiry_data, settings):
    wrong = post(client, contact_page, enquiry_data | {"message": "", "pictures": upload()})
    settings.RETENTION_DAYS = settings.RETENTION_DAYS | {"upload_without_case": -1}

    told = post(client, contact_page, enquiry_data | kept_fields(wrong))

    assert told.context["form"].errors == {"pictures": [GONE]}


def test_text_does_not_grow_behind_pictures(client, contact_page, enquiry_data):
    data = enquiry_data | {"pictures": upload(), "message": "a" * 200_000}

    response = post(client, contact_page, data)

    assert response.status_code == 413
    assert Enquiry.objects.count() == 0


def test_bodies_beyond_all_pictures_are_not_read(client, contact_page, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"max_body_bytes": 1000}

    response = post(client, contact_page, {"pictures": upload(b"\0" * 2000)})

    assert response.status_code == 413


def test_files_in_other_fields_are_dropped(client, contact_page, enquiry_data):
    response = post(client, contact_page, enquiry_data | {"name": upload(), "anhang": upload()})

    assert response.status_code == 303
    assert Attachment.objects.count() == 0
