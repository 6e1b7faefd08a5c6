"""Every field of the room says whether it holds personal data."""

import pytest
from django.apps import apps
from wagtail.models import Page

from contacts.forms import PublicForm
from contacts.models import Enquiry, EnquiryEvent
from contacts.personal import FORM_FIELDS, MODEL_FIELDS, Holds, emptied, fields_of

MODELS = [model for model in apps.get_app_config("contacts").get_models() if not issubclass(model, Page)]


def all_forms(base: type = PublicForm) -> list[type]:
    return [form for child in base.__subclasses__() for form in [child, *all_forms(child)]]


def names(said: dict[Holds, str]) -> list[str]:
    return sorted(name for listed in said.values() for name in listed.split())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_of_a_model_is_declared_once(model):
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]

    assert names(MODEL_FIELDS[model.__name__]) == sorted(field.name for field in fields)


@pytest.mark.parametrize("form", all_forms(), ids=lambda form: form.__name__)
def test_every_field_of_a_public_form_is_declared_once(form):
    assert names(FORM_FIELDS[form.__name__]) == sorted(form.base_fields)


def test_no_list_is_left_over():
    assert set(MODEL_FIELDS) == {model.__name__ for model in MODELS}
    assert set(FORM_FIELDS) == {form.__name__ for form in all_forms()}


def test_erased_values_fit_their_fields():
    assert {name for name, value in emptied(Enquiry).items() if value is None} == {"status_digest", "assignee"}
    assert emptied(EnquiryEvent) == {"text": "", "detail": "", "submission_key": None, "actor": None}
    assert [field.name for field in fields_of(EnquiryEvent, Holds.ACCOUNT)] == ["actor"]
