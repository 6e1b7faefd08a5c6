"""Two people in one form: who saves second is told and keeps what was typed."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare, salted_hmac
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.snippets.views.snippets import SnippetViewSet

OVERTAKEN = (
    "Jemand anderes hat diesen Eintrag inzwischen geändert. Es ist noch nichts gespeichert, Ihre Angaben stehen noch "
    "hier. Bitte sehen Sie in einem zweiten Fenster nach, was sich geändert hat. Wenn Sie noch einmal speichern, gilt, "
    "was hier steht."
)


def mark_of(record) -> str:
    """Return a mark of the record as it is stored; it tells nothing about what it was made of."""
    values = [f"{field.name}={field.value_from_object(record)!r}" for field in record._meta.concrete_fields]
    return salted_hmac("contacts.seen", "\x00".join(values), algorithm="sha256").hexdigest()


class SeenForm(WagtailAdminModelForm):
    """Carries what the record was when the form was shown, and refuses to write over another state of it once."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored = mark_of(self.instance) if self.instance.pk else ""
        self.initial["seen"] = self.stored

    def clean(self):
        cleaned = super().clean()
        if self.stored and not constant_time_compare(cleaned.get("seen", ""), self.stored):
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.stored
            raise ValidationError(OVERTAKEN)
        return cleaned


class SeenViewSet(SnippetViewSet):
    """A list whose records are edited with `SeenForm`."""

    def get_edit_handler(self):
        handler = super().get_edit_handler()
        handler.base_form_class = SeenForm
        return handler
