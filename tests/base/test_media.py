"""A picture needs credit, licence and a description, unless it is decoration."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from wagtail.images.tests.utils import get_test_image_file

from stadterneuerung.base.models import CustomImage

COMPLETE = {
    "title": "Park",
    "description": "Eine Wiese",
    "credit": "Stadt Dortmund",
    "licence": "alle Rechte bei der Stadt",
}


def image(**changes) -> CustomImage:
    return CustomImage(file=get_test_image_file(), **COMPLETE | changes)


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["credit", "licence", "description"])
def test_incomplete_picture_is_refused_by_form_and_database(missing):
    incomplete = image(**{missing: ""})

    with pytest.raises(ValidationError) as refusal:
        incomplete.full_clean()
    with pytest.raises(IntegrityError):
        incomplete.save()

    assert missing in refusal.value.message_dict


@pytest.mark.django_db
def test_decoration_needs_no_description_and_has_an_empty_alternative():
    decoration = image(description="", is_decorative=True)

    decoration.full_clean()
    decoration.save()

    assert decoration.default_alt_text == ""


@pytest.mark.django_db
def test_description_is_the_alternative_text():
    picture = image()
    picture.save()

    assert picture.default_alt_text == "Eine Wiese"
