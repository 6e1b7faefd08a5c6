"""The two public forms. Both store plain text without control characters and say in German what is wrong."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from areas.models import AreaPage
from contacts.attachment_field import AttachmentsField
from contacts.models.subjects import EnquirySubject
from contacts.text import clean_line, clean_lines, is_mail_address
from projects.models import ProjectPage
from stadterneuerung.base.models import BasePage

MESSAGE_LENGTH = 5000


class LineField(forms.CharField):
    """One line; control characters are dropped rather than complained about."""

    def to_python(self, value):
        return clean_line(super().to_python(value))


class TextField(forms.CharField):
    """Several lines. Browsers count a line break as two characters, we as one."""

    widget = forms.Textarea

    def to_python(self, value):
        return clean_lines(super().to_python(value))

    def widget_attrs(self, widget):
        # Whoever pastes too much shall see it and shorten it, not lose the end without a word.
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class MailField(LineField):
    """An address to which a mail can be sent."""

    widget = forms.EmailInput

    def validate(self, value):
        super().validate(value)
        if value and not is_mail_address(value):
            raise forms.ValidationError(
                _("Diese E-Mail-Adresse ist nicht vollständig. Sie sollte aussehen wie name@example.org."),
                code="invalid",
            )


class PublicForm(forms.Form):
    """Common to public forms: the trap, and no star or colon behind labels."""

    # No name that a browser or a password manager would fill in by itself.
    trap = forms.CharField(
        label=_("Dieses Feld bitte leer lassen"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    use_required_attribute = False  # our sentences instead of the browser's, in the language of the page

    def __init__(self, *args, page, **kwargs):
        self.page = page
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def clean_trap(self) -> str:
        return self.cleaned_data.get("trap", "")


class PageChoiceField(forms.ChoiceField):
    """Choice of a live public page; cleans to the specific page with its unit, or None."""

    def clean(self, value):
        value = "" if value is None else str(value).strip()
        if not value:
            return None
        page = public_page(value)
        if page is None:
            raise forms.ValidationError(
                _("Diese Seite gibt es nicht mehr. Bitte wählen Sie eine andere aus oder lassen Sie die Auswahl leer."),
                code="gone",
            )
        return page


def public_page(value: str) -> BasePage | None:
    """Return the live public page with this id, or None for anything else."""
    if not re.fullmatch(r"[0-9]{1,9}", value):
        return None
    page = Page.objects.live().public().filter(pk=int(value), depth__gt=1).specific().first()
    return page if isinstance(page, BasePage) else None


class EnquiryForm(PublicForm):
    """A message to the office. Only the message is always needed; a subject where there is a list to choose from."""

    subject = forms.ModelChoiceField(
        EnquirySubject.objects.none(),
        label=_("Worum geht es?"),
        empty_label=_("Bitte auswählen"),
        to_field_name="slug",
        error_messages={
            "required": _("Bitte wählen Sie aus, worum es geht."),
            "invalid_choice": _("Diesen Punkt gibt es nicht mehr. Bitte wählen Sie einen aus der Liste."),
        },
    )
    zu = PageChoiceField(
        label=_("Projekt oder Gebiet"),
        required=False,
        help_text=_("Dann erreicht Ihre Nachricht schneller die richtigen Kolleg*innen."),
    )
    message = TextField(
        label=_("Ihre Nachricht"),
        max_length=MESSAGE_LENGTH,
        help_text=_("Bitte nennen Sie nur persönliche Angaben, die für Ihr Anliegen nötig sind."),
        error_messages={
            "required": _("Bitte schreiben Sie uns, worum es geht."),
            "max_length": _("Die Nachricht hat %(show_value)d Zeichen, möglich sind %(limit_value)d."),
        },
    )
    pictures = AttachmentsField()
    name = LineField(
        label=pgettext_lazy("Formularfeld", "Ihr Name"),
        required=False,
        max_length=120,
        error_messages={"max_length": _("Der Name ist zu lang; möglich sind %(limit_value)d Zeichen.")},
    )
    email = MailField(
        label=_("Ihre E-Mail-Adresse"),
        required=False,
        max_length=254,
        help_text=_(
            "Ohne Adresse lesen Sie unsere Antwort nur auf der Statusseite. "
            "Den Link dorthin sehen Sie nach dem Absenden."
        ),
        error_messages={"max_length": _("Die E-Mail-Adresse ist zu lang.")},
    )

    field_order = ["subject", "zu", "message", "pictures", "name", "email"]

    def __init__(self, *args, about: BasePage | None = None, **kwargs):
        """`about` is the page that the visitor came from; it is offered even when it is no project and no area."""
        super().__init__(*args, **kwargs)
        subjects = EnquirySubject.objects.active().filter(locale_id=self.page.locale_id).select_related("unit")
        if subjects.exists():
            self.fields["subject"].queryset = subjects
        else:
            del self.fields["subject"]
        self.fields["zu"].choices = self._page_choices(about)
        self.fields["message"].widget.attrs["rows"] = 9
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    def _page_choices(self, about: BasePage | None) -> list:
        choices = [("", _("Allgemeine Frage"))]
        groups = []
        known = set()
        for label, model in ((_("Projekte"), ProjectPage), (_("Gebiete"), AreaPage)):
            pages = model.objects.live().public().filter(locale_id=self.page.locale_id).order_by("title")
            rows = [(str(pk), title) for pk, title in pages.values_list("pk", "title")]
            known.update(value for value, _title in rows)
            if rows:
                groups.append((label, rows))
        if about is not None and str(about.pk) not in known:
            choices.append((str(about.pk), about.title))
        return [*choices, *groups]

    def clean(self) -> dict:
        cleaned = super().clean()
        return {**cleaned, "page": cleaned.get("zu"), "subject": cleaned.get("subject")}


class BarrierForm(PublicForm):
    """A barrier, or the wish for content in another form. Nothing but the description is needed."""

    description = TextField(
        label=_("Welche Barriere haben Sie gefunden?"),
        max_length=MESSAGE_LENGTH,
        help_text=_("Beschreiben Sie, was Sie tun wollten und woran es gescheitert ist. Ein Satz genügt."),
        error_messages={
            "required": _("Bitte beschreiben Sie die Barriere mit ein paar Worten."),
            "max_length": _("Die Beschreibung hat %(show_value)d Zeichen, möglich sind %(limit_value)d."),
        },
    )
    url = LineField(
        label=_("Auf welcher Seite?"),
        required=False,
        max_length=500,
        help_text=_("Adresse oder Titel der Seite"),
        error_messages={"max_length": _("Die Angabe ist zu lang; möglich sind %(limit_value)d Zeichen.")},
    )
    wanted_alternative = TextField(
        label=_("Brauchen Sie den Inhalt in anderer Form?"),
        required=False,
        max_length=1000,
        help_text=_("Zum Beispiel als Text statt als Bild, in Leichter Sprache oder am Telefon."),
        error_messages={
            "max_length": _("Die Angabe hat %(show_value)d Zeichen, möglich sind %(limit_value)d."),
        },
    )
    pictures = AttachmentsField()
    contact = LineField(
        label=_("Wie erreichen wir Sie?"),
        required=False,
        max_length=200,
        help_text=_(
            "E-Mail-Adresse oder Telefonnummer. Ohne sie lesen Sie unsere Antwort nur auf der Statusseite. "
            "Den Link dorthin sehen Sie nach dem Absenden."
        ),
        error_messages={"max_length": _("Die Angabe ist zu lang; möglich sind %(limit_value)d Zeichen.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["description"].widget.attrs["rows"] = 7
        self.fields["wanted_alternative"].widget.attrs["rows"] = 3

    def clean_contact(self) -> str:
        contact = self.cleaned_data["contact"]
        if "@" in contact and " " not in contact and not is_mail_address(contact):
            raise forms.ValidationError(
                _("Diese E-Mail-Adresse ist nicht vollständig. Sie sollte aussehen wie name@example.org."),
                code="invalid",
            )
        return contact
