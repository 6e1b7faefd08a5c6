"""Rules that hold only for what is published.

A draft may be incomplete. `publication_errors()` of a page names what is missing; the page form shows it at the field
when somebody publishes, schedules or submits, and `save()` refuses to go live. Publishing that goes past the form (bulk
action, approval, revert) meets the refusal as a PublicationError, which a middleware turns into a message.
"""

from collections.abc import Mapping

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import SlugInput

# Field name (or NON_FIELD_ERRORS) → German sentences.
Errors = dict[str, list[str]]


class PublicationError(ValidationError):
    """A page cannot go live; `page` is the page, `message_dict` what is missing by field."""

    def __init__(self, page, errors: Mapping[str, list[str]]):
        super().__init__(dict(errors))
        self.page = page

    def sentences(self) -> list[str]:
        """Return each reason as a sentence that names its field."""
        return [
            sentence if field == NON_FIELD_ERRORS else f"{label_of(self.page, field)}: {sentence}"
            for field, sentences in self.message_dict.items()
            for sentence in sentences
        ]


def label_of(page, field: str) -> str:
    """Return the German label of a field or of a child relation of `page`."""
    try:
        model_field = page._meta.get_field(field)
    except FieldDoesNotExist:
        return field
    related = getattr(model_field, "related_model", None)
    if model_field.auto_created and related is not None:
        return str(related._meta.verbose_name_plural)
    return str(model_field.verbose_name)


# Wagtail would drop the dots of "ä" and the whole of "ß" on the way from a title to an address.
_LETTERS = [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"), ("[ßẞ]", "ss")]


class PublicationForm(WagtailAdminPageForm):
    """Page form that applies the publication rules unless the page is saved as a draft."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].widget = SlugInput(formatters=_LETTERS)

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        if self.is_deferred_validation:
            return True
        # The rules look at children too, so the instance must hold what was typed; nothing is written yet.
        page = self.save(commit=False)
        for field, sentences in page.publication_errors().items():
            for sentence in sentences:
                if field in self.fields:
                    self.add_error(field, sentence)
                else:
                    prefix = "" if field == NON_FIELD_ERRORS else f"{label_of(page, field)}: "
                    self.add_error(None, f"{prefix}{sentence}")
        return not self.errors
