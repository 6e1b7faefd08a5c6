"""What the enquiry form takes, what it offers, and what it says when something is missing."""

import pytest

from contacts.models import Enquiry
from tests.contacts.conftest import post, stamp_for
from tests.contacts.factories import ContactPageFactory, SubjectFactory
from tests.factories import AreaPageFactory, NewsPageFactory, ProjectPageFactory

pytestmark = pytest.mark.django_db


def test_message_is_stored_and_confirmed(client, contact_page, enquiry_data):
    response = post(client, contact_page, enquiry_data)

    enquiry = Enquiry.objects.get()
    assert response.status_code == 303
    assert response.url.startswith("/kontakt/gesendet/")
    assert (enquiry.name, enquiry.email, enquiry.message) == (
        "Frieda Beispiel",
        "frieda@example.org",
        "Wann beginnt der Umbau?",
    )
    assert (enquiry.state, enquiry.is_suspicious, enquiry.subject_name) == ("new", False, "Allgemeines")


def test_reference_has_no_letters_that_sound_or_look_alike(client, contact_page, enquiry_data):
    post(client, contact_page, enquiry_data)

    assert Enquiry.objects.filter(reference__regex=r"^SE-20[0-9]{2}-[A-HJKMNP-Z]{4}-[2-9]{4}$").count() == 1


def test_name_and_address_are_free(client, contact_page, enquiry_data):
    response = post(client, contact_page, enquiry_data | {"name": "", "email": ""})

    assert response.status_code == 303
    assert "Bitte speichern, notieren oder drucken Sie ihn jetzt." in client.get(response.url).text


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"message": "  \r\n "}, "message", "Bitte schreiben Sie uns, worum es geht."),
        ({"subject": ""}, "subject", "Bitte wählen Sie aus, worum es geht."),
        ({"subject": "fremd"}, "subject", "Diesen Punkt gibt es nicht mehr. Bitte wählen Sie einen aus der Liste."),
        ({"message": "ä" * 5001}, "message", "Die Nachricht hat 5001 Zeichen, möglich sind 5000."),
        (
            {"email": "frieda@example"},
            "email",
            "Diese E-Mail-Adresse ist nicht vollständig. Sie sollte aussehen wie name@example.org.",
        ),
        (
            {"email": '"a b"@example.org'},
            "email",
            "Diese E-Mail-Adresse ist nicht vollständig. Sie sollte aussehen wie name@example.org.",
        ),
        ({"name": "n" * 121}, "name", "Der Name ist zu lang; möglich sind 120 Zeichen."),
    ],
)
def test_errors_stand_at_the_field_and_nothing_typed_is_lost(
    client, contact_page, enquiry_data, changed, field, sentence
):
    response = post(client, contact_page, enquiry_data | changed)

    assert response.status_code == 422
    assert response.context["form"].errors[field] == [sentence]
    html = response.text
    assert f'id="id_{field}_error"' in html
    assert 'class="error-summary"' in html
    assert "autofocus" in html
    assert f'href="#id_{field}"' in html
    kept = enquiry_data | changed
    assert response.context["form"]["message"].value() == kept["message"]
    assert kept["name"][:100] in html
    assert Enquiry.objects.count() == 0


def test_line_breaks_count_as_one_character(client, contact_page, enquiry_data):
    post(client, contact_page, enquiry_data | {"message": "a\r\n" * 2500})

    assert len(Enquiry.objects.get().message) == 4999


def test_control_characters_are_dropped(client, contact_page, enquiry_data):
    dirty = {"name": "Frieda\x00\r\nBcc: x@example.org\u202e", "message": "eins\x00\r\nzwei\x07"}
    post(client, contact_page, enquiry_data | dirty)

    enquiry = Enquiry.objects.get()
    assert enquiry.name == "Frieda Bcc: x@example.org"
    assert enquiry.message == "eins\nzwei"


def test_projects_and_areas_are_offered_drafts_and_restricted_pages_are_not(client, contact_page):
    project = ProjectPageFactory(title="Grüner Ring")
    area = AreaPageFactory(title="Nordstadt")
    ProjectPageFactory(title="Entwurf", live=False)
    hidden = ProjectPageFactory(title="Geheim")
    hidden.view_restrictions.create(restriction_type="login")

    choices = client.get(contact_page.get_url()).context["form"].fields["zu"].choices

    assert choices == [
        ("", "Allgemeine Frage"),
        ("Projekte", [(str(project.pk), "Grüner Ring")]),
        ("Gebiete", [(str(area.pk), "Nordstadt")]),
    ]


def test_page_in_the_address_is_chosen(client, contact_page):
    project = ProjectPageFactory()

    response = client.get(f"/kontakt/?zu={project.pk}")

    assert response.context["form"]["zu"].value() == str(project.pk)
    assert f'<option value="{project.pk}" selected>' in response.text


def test_page_of_another_kind_is_offered_when_asked_about(client, contact_page, enquiry_data):
    news = NewsPageFactory(title="Spielachse eröffnet")

    page = client.get(f"/kontakt/?zu={news.pk}")
    post(client, contact_page, enquiry_data | {"zu": news.pk})

    assert (str(news.pk), "Spielachse eröffnet") in page.context["form"].fields["zu"].choices
    assert Enquiry.objects.get().page_title == "Spielachse eröffnet"


def bad_ids():
    draft = ProjectPageFactory(live=False)
    restricted = ProjectPageFactory()
    restricted.view_restrictions.create(restriction_type="login")
    return [draft.pk, restricted.pk, 10**9, 10**30, "-1", "1 OR 1=1", "٣", "\x00", "abc"]


def test_other_ids_in_the_address_choose_nothing(client, contact_page):
    for value in bad_ids():
        response = client.get("/kontakt/", {"zu": value})

        # A NUL byte in an address is refused before any page is asked.
        assert response.status_code == (400 if value == "\x00" else 200)
        if response.status_code == 200:
            assert response.context["form"]["zu"].value() == ""


def test_other_ids_in_the_form_are_refused_with_a_reason(client, contact_page, enquiry_data):
    for value in [value for value in bad_ids() if value != "\x00"]:
        response = post(client, contact_page, enquiry_data | {"zu": value})

        assert response.status_code == 422
        assert list(response.context["form"].errors) == ["zu"]


def test_subject_in_the_address_is_chosen(client, contact_page, subject):
    assert '<option value="allgemeines" selected>' in client.get("/kontakt/?betreff=allgemeines").text


def test_retired_subjects_and_those_of_other_languages_are_not_offered(client, contact_page, subject):
    SubjectFactory(name="Früher", active=False)

    form = client.get(contact_page.get_url()).context["form"]

    assert [str(label) for _value, label in form.fields["subject"].choices] == ["Bitte auswählen", "Allgemeines"]


def test_without_subjects_the_form_works(client, contact_page):
    response = post(client, contact_page, {"message": "Hallo"})

    assert response.status_code == 303
    assert Enquiry.objects.get().subject_name == ""


def test_late_form_is_shown_again_with_everything(client, contact_page, enquiry_data):
    response = post(client, contact_page, enquiry_data, stamp=stamp_for(contact_page, seconds=13 * 3600))

    assert response.status_code == 422
    assert "Ihre Angaben sind alle noch da" in response.text
    assert "Wann beginnt der Umbau?" in response.text

    again = post(client, contact_page, enquiry_data, stamp=response.context["stamp"])
    assert again.status_code == 303
    assert not Enquiry.objects.get().is_suspicious


def test_stranger_is_refused_with_everything_kept(client, contact_page, enquiry_data):
    response = post(client, contact_page, enquiry_data, **{"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403
    assert "Wann beginnt der Umbau?" in response.text
    assert Enquiry.objects.count() == 0

    again = post(client, contact_page, enquiry_data, stamp=response.context["stamp"])
    assert again.status_code == 303


def test_limit_keeps_what_was_typed_and_names_another_way(client, contact_page, enquiry_data, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"per_hour": 1}
    post(client, contact_page, enquiry_data)

    response = post(client, contact_page, enquiry_data | {"message": "Noch etwas"})

    assert response.status_code == 429
    assert "Noch etwas" in response.text
    assert "stadterneuerung@stadtdo.de" in response.context["problem"]["text"]
    assert Enquiry.objects.count() == 1


def test_second_click_on_the_last_message_allowed_is_confirmed(
    client, contact_page, barrier_page, enquiry_data, settings
):
    limits = settings.PUBLIC_FORMS
    for page, data in ((contact_page, enquiry_data), (barrier_page, {"description": "Knopf ohne Namen"})):
        stamp = stamp_for(page)
        settings.PUBLIC_FORMS = limits
        first = post(client, page, data, stamp=stamp)
        settings.PUBLIC_FORMS = limits | {"per_hour": 0}
        second = post(client, page, data, stamp=stamp)

        assert (second.status_code, second.url) == (303, first.url)

    assert Enquiry.objects.count() == 2


def test_second_click_counts_for_nothing(client, contact_page, enquiry_data, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"per_hour": 2}
    stamp = stamp_for(contact_page)
    for _ in range(2):
        post(client, contact_page, enquiry_data, stamp=stamp)

    assert post(client, contact_page, enquiry_data | {"message": "Noch etwas"}).status_code == 303


def test_failed_attempts_count_for_nothing(client, contact_page, enquiry_data, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"per_hour": 1}
    post(client, contact_page, enquiry_data | {"message": ""})

    assert post(client, contact_page, enquiry_data).status_code == 303


def test_form_in_another_place_knows_its_own_address(client, home_page):
    page = ContactPageFactory(slug="schreiben-sie-uns")

    assert '<form class="form" action="/schreiben-sie-uns/" method="post"' in client.get(page.get_url()).text


def begin(client, contact_page, **data):
    return client.post(contact_page.get_url(), {"beginnen": "1"} | data, headers={"Sec-Fetch-Site": "same-origin"})


def test_another_page_fills_in_by_post_what_must_not_stand_in_an_address(client, contact_page, subject):
    area = AreaPageFactory(title="Nordstadt")

    response = begin(client, contact_page, zu=area.pk, betreff=subject.slug, message="Es geht um: Weg 5")

    form = response.context["form"]
    assert response.status_code == 200
    assert form["message"].value() == "Es geht um: Weg 5\n\n"
    assert (form["zu"].value(), form["subject"].value()) == (str(area.pk), subject.slug)
    assert form.errors == {}
    assert Enquiry.objects.count() == 0


def test_what_was_filled_in_is_sent_like_anything_else(client, contact_page, enquiry_data):
    opened = begin(client, contact_page, message="Es geht um: Weg 5")
    message = opened.context["form"]["message"].value() + "Gibt es einen Zuschuss?"

    response = post(client, contact_page, enquiry_data | {"message": message}, stamp=opened.context["stamp"])

    assert response.status_code == 303
    assert Enquiry.objects.get().message == "Es geht um: Weg 5\n\nGibt es einen Zuschuss?"


@pytest.mark.parametrize(
    ("given", "message"),
    [({}, "\n\n"), ({"message": "a\x00\u202eb"}, "ab\n\n"), ({"message": "ä" * 9000}, "ä" * 5000 + "\n\n")],
)
def test_whatever_is_filled_in_is_cleaned(client, contact_page, given, message):
    response = begin(client, contact_page, zu="999", **given)

    assert response.context["form"]["message"].value() == message
    assert response.context["form"]["zu"].value() == ""


def test_a_message_in_the_address_fills_in_nothing(client, contact_page):
    assert not client.get("/kontakt/?message=Weg&beginnen=1").context["form"]["message"].value()
