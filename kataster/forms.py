"""The one field of the address check."""

from django import forms
from django.utils.translation import gettext_lazy as _

from areas.address_text import MAX_LENGTH, parse


class AddressForm(forms.Form):
    """A street and a house number, however they are written."""

    adresse = forms.CharField(
        label=_("Straße und Hausnummer"),
        max_length=MAX_LENGTH,
        help_text=_("Zum Beispiel „Vogelpothsweg 15“. Postleitzahl und Ort sind nicht nötig."),
        error_messages={
            "required": _("Bitte geben Sie Straße und Hausnummer ein."),
            "max_length": _("Das ist zu lang für eine Adresse; möglich sind %(limit_value)d Zeichen."),
            "null_characters_not_allowed": _("Darin ist ein Zeichen, das in keiner Adresse vorkommt."),
        },
    )
    use_required_attribute = False  # our sentences instead of the browser's, in the language of the page

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        widget = self.fields["adresse"].widget
        widget.attrs |= {"autocomplete": "address-line1", "spellcheck": "false"}
        # Whoever pastes too much shall see it and shorten it, not lose the end without a word.
        widget.attrs.pop("maxlength", None)

    def clean_adresse(self) -> str:
        text = self.cleaned_data["adresse"]
        if not parse(text).key:  # a place alone, or only signs
            raise forms.ValidationError(self.fields["adresse"].error_messages["required"], code="required")
        return text
