"""What people type is stored as it is seen: nothing invisible in it, nothing that poses as something else."""

import re
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from contacts.forms import EnquiryForm
from contacts.models import Enquiry, OutboxMessage
from contacts.text import ascii_domain, clean_line, clean_lines, is_mail_address
from stadterneuerung.users.models import User
from tests.contacts.conftest import post

BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180f\u2800\u3164\ufe00\ufe0e\uffa0\U000e0100\U000e01ef"
POSING = "frieda@st\u0430dtdo.example"  # with a Cyrillic letter
AS_SERVERS_SEE_IT = "xn--stdtdo-4nf.example"


@pytest.mark.parametrize("hidden", ["\u200b", "\u2060", "\u00ad", "\u202e", "\ufeff", "\u2063", "\U000e0041", *BLANKS])
def test_invisible_characters_are_dropped(hidden):
    assert clean_lines(f"Am{hidden}t\nzwei") == "Amt\nzwei"
    assert clean_line(f"Am{hidden}t") == "Amt"
    assert not is_mail_address(f"a{hidden}b@example.org")


def test_words_of_blanks_alone_are_none():
    name, message = EnquiryForm.base_fields["name"], EnquiryForm.base_fields["message"]

    assert name.clean(BLANKS) == ""
    with pytest.raises(ValidationError, match=str(message.error_messages["required"])):
        message.clean(BLANKS)


@pytest.mark.parametrize("word", ["می\u200cخواهم", "👩\u200d🚒", "❤\ufe0f"])
def test_joiners_stay_in_messages_and_go_from_names(word):
    assert clean_lines(word) == word
    assert clean_line(word) == re.sub("[\u200c\u200d\ufe0f]", "", word)


@given(st.text())
def test_a_line_has_nothing_that_is_not_seen_and_is_clean_at_once(text):
    line = clean_line(text)

    assert [each for each in line if unicodedata.category(each) in ("Cc", "Cf")] == []
    assert clean_line(line) == line
    assert clean_lines(clean_lines(text)) == clean_lines(text)


@pytest.mark.parametrize(
    ("address", "domain"),
    [("a@example.org", ""), ("", ""), (POSING, AS_SERVERS_SEE_IT), ("a@bücher.example", "xn--bcher-kva.example")],
)
def test_domain_as_servers_see_it(address, domain):
    assert ascii_domain(address) == domain


@pytest.mark.django_db
def test_posing_domain_is_told_at_the_desk_and_in_the_office_mail(client, contact_page, enquiry_data):
    post(client, contact_page, enquiry_data | {"email": POSING})
    client.force_login(User.objects.create_superuser("chefin"))

    shown = client.get(reverse("enquiry:edit", args=[Enquiry.objects.get().pk])).text

    said = f"(Domain mit Sonderzeichen: {AS_SERVERS_SEE_IT})"
    assert said in shown
    assert f"E-Mail: {POSING} {said}\n" in OutboxMessage.objects.get(kind="office").body_text


@pytest.mark.django_db
def test_posing_domain_is_told_in_a_report(client, barrier_page):
    post(client, barrier_page, {"description": "Knopf ohne Namen", "contact": POSING})

    said = f"E-Mail: {POSING} (Domain mit Sonderzeichen: {AS_SERVERS_SEE_IT})\n"
    assert said in OutboxMessage.objects.get(kind="office").body_text
