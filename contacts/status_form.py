"""The form on the status page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.attachment_field import AttachmentsField
from contacts.forms import MESSAGE_LENGTH, TextField


class AdditionForm(forms.Form):
    """Something that belongs to a message sent before. No trap: whoever is here knows a secret."""

    use_required_attribute = False

    message = TextField(
        label=_("Ihre Ergänzung"),
        max_length=MESSAGE_LENGTH,
        error_messages={
            "required": _("Bitte schreiben Sie ein paar Worte."),
            "max_length": _("Der Text hat %(show_value)d Zeichen, möglich sind %(limit_value)d."),
        },
    )
    pictures = AttachmentsField()

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["message"].widget.attrs["rows"] = 6
