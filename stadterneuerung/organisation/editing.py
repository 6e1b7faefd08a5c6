"""Two people in one form: who saves second is told and keeps what was typed. For records without revisions."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare, salted_hmac
from modelcluster.models import get_all_child_relations
from wagtail.admin.forms import WagtailAdminModelForm

OVERTAKEN = (
    "Dieser Eintrag wurde inzwischen geändert. Gespeichert ist noch nichts, Ihre Eingaben stehen noch im Formular. Was "
    "sich geändert hat, sehen Sie in einem zweiten Fenster; noch einmal speichern überschreibt es."
)


def mark_of(record) -> str:
    """Return a mark of the record and its rows as they are stored; it tells nothing about what it was made of."""
    rows = [record]
    for relation in get_all_child_relations(type(record)):
        rows += sorted(getattr(record, relation.get_accessor_name()).all(), key=lambda row: row.pk)
    values = [f"{field}={field.value_from_object(row)!r}" for row in rows for field in row._meta.concrete_fields]
    return salted_hmac("stadterneuerung.seen", "\x00".join(values), algorithm="sha256").hexdigest()


class SeenForm(WagtailAdminModelForm):
    """Carries what the record was when the form was shown, and refuses to write over another state of it once."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored = mark_of(self.instance) if self.instance.pk else ""
        self.initial["seen"] = self.stored
        for field in self.fields.values():
            field.show_hidden_initial = False  # a change is one to what is stored, not to what was shown

    def clean(self):
        cleaned = super().clean()
        overtaken = self.stored and not constant_time_compare(cleaned.get("seen", ""), self.stored)
        if overtaken and self._would_change():
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.stored
            raise ValidationError(OVERTAKEN)
        return cleaned

    def _would_change(self) -> bool:
        """Whether something else would be stored than is: the same form sent twice is no conflict."""
        return set(self.changed_data) > {"seen"} or any(rows.has_changed() for rows in self.formsets.values())
