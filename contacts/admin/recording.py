"""What reaches the office by telephone, at the counter, as a letter or in a mailbox, written down by its staff."""

import datetime as dt
import secrets

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Site

from contacts.forms import EnquiryForm, LineField, TextField
from contacts.intake import record_enquiry
from contacts.models import Enquiry
from stadterneuerung.base.dates import today
from stadterneuerung.organisation.models import OrganisationUnit

Channel = Enquiry.Channel
Kind = Enquiry.Kind
OLDEST_DAYS = 366  # what is said to be older was mistyped
BARRIERS_ALONE = (
    "Das gehört nur zu einer Barrieremeldung. Bitte wählen Sie sie oben aus oder schreiben Sie es zum Anliegen."
)
QUESTIONS_ALONE = "Einen Betreff hat nur eine Anfrage. Bitte leeren Sie die Auswahl oder wählen Sie oben „Anfrage“ aus."
TOO_LONG = {"max_length": "Das ist zu lang; möglich sind %(limit_value)d Zeichen."}


class RecordForm(EnquiryForm):
    """The public form in the words of the staff: no trap and no stamp, but how and when the message came."""

    trap = None
    pictures = None  # what comes on paper stays in the file on paper

    nonce = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    kind = forms.ChoiceField(label="Was ist es?", choices=Kind, initial=Kind.QUESTION, widget=forms.RadioSelect)
    channel = forms.ChoiceField(
        label="Wie kam es an?",
        choices=[choice for choice in Channel.choices if choice[0] != Channel.FORM],
        initial=Channel.PHONE,
        widget=forms.RadioSelect,
    )
    day = forms.DateField(
        label="Eingegangen am",
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Von diesem Tag an läuft die Frist für die Antwort.",
        error_messages={
            "required": "Bitte geben Sie den Tag an.",
            "invalid": "Bitte geben Sie den Tag so an: 23.11.2026.",
        },
    )
    time = forms.TimeField(
        label="um",
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text="Ungefähr genügt.",
        error_messages={
            "required": "Bitte geben Sie die Uhrzeit an, ungefähr genügt.",
            "invalid": "Bitte geben Sie die Uhrzeit so an: 14:30.",
        },
    )
    phone = LineField(label="Telefon", required=False, max_length=200, error_messages=TOO_LONG)
    url = LineField(
        label="Seite mit der Barriere",
        required=False,
        max_length=500,
        help_text="Nur bei Barrieren: Adresse oder Titel der Seite.",
        error_messages=TOO_LONG,
    )
    wanted_alternative = TextField(
        label="Gewünschte andere Form",
        required=False,
        max_length=1000,
        help_text="Nur bei Barrieren.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "Die Angabe hat %(show_value)d Zeichen, möglich sind %(limit_value)d."},
    )
    unit = forms.ModelChoiceField(
        OrganisationUnit.objects.none(),
        label="Einheit",
        required=False,
        empty_label="nach den Regeln der Verteilung",
        error_messages={"invalid_choice": "Diese Einheit gibt es nicht mehr."},
    )
    # Not ticked by itself: an address that was heard on the telephone is mistaken easily, and then a stranger would
    # learn that somebody wrote to the office.
    acknowledge = forms.BooleanField(
        label="Eingangsbestätigung an diese Adresse senden",
        required=False,
        help_text="Nur, wenn die Adresse sicher stimmt, etwa weil Sie sie noch einmal vorgelesen haben.",
    )

    field_order = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["zu"].help_text = ""
        self.fields["message"].label = "Worum es geht, in eigenen Worten"
        self.fields["message"].help_text = "Nur, was für das Anliegen nötig ist."
        self.fields["name"].label = "Name"
        self.fields["email"].label = "E-Mail-Adresse"
        self.fields["email"].help_text = ""
        self.fields["unit"].queryset = OrganisationUnit.objects.in_first_language()
        for name in ("name", "email"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # it is somebody else's, not the clerk's
        if "subject" in self.fields:
            self.fields["subject"].label = "Betreff"
            self.fields["subject"].help_text = "Nur bei Anfragen."
            self.fields["subject"].required = False  # a barrier has none; see clean()

    def clean_day(self) -> dt.date:
        day = self.cleaned_data["day"]
        if day > today():
            raise forms.ValidationError("Dieser Tag liegt in der Zukunft.")
        if day < today() - dt.timedelta(days=OLDEST_DAYS):
            raise forms.ValidationError("Dieser Tag liegt mehr als ein Jahr zurück. Bitte prüfen Sie die Jahreszahl.")
        return day

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("kind") == Kind.BARRIER:
            self._refuse(QUESTIONS_ALONE, "subject")
        elif cleaned.get("kind") == Kind.QUESTION:
            self._refuse(BARRIERS_ALONE, "url", "wanted_alternative")
            if "subject" in self.fields and not cleaned["subject"] and "subject" not in self.errors:
                self.add_error("subject", "Bitte wählen Sie aus, worum es geht.")
        if cleaned.get("acknowledge") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", "Ohne Adresse lässt sich keine Eingangsbestätigung senden.")
        if "day" in cleaned and "time" in cleaned:
            received = dt.datetime.combine(cleaned["day"], cleaned["time"], tzinfo=timezone.get_current_timezone())
            if received > timezone.now():
                self.add_error("time", "Diese Uhrzeit liegt in der Zukunft.")
            cleaned["received"] = received
        return cleaned

    def _refuse(self, sentence: str, *names: str) -> None:
        """Say of what does not go with the kind that it would be dropped."""
        for name in names:
            if self.cleaned_data.get(name):
                self.add_error(name, sentence)


class RecordView(WagtailAdminTemplateMixin, FormView):
    """Store it like what comes by the public form, then open it."""

    page_title = "Anfrage aufnehmen"
    header_icon = "mail"
    template_name = "admin/contacts/record.html"
    form_class = RecordForm

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("contacts.change_enquiry"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        items = [{"url": reverse("enquiry:index"), "label": "Anfragen"}, {"url": "", "label": self.page_title}]
        return [*self.breadcrumbs_items, *items]

    def get_form_kwargs(self):
        # Subjects and pages of the site's main language.
        return super().get_form_kwargs() | {"page": Site.objects.get(is_default_site=True).root_page}

    def get_initial(self):
        now = timezone.localtime()
        return {"nonce": secrets.token_urlsafe(16), "day": now.date(), "time": now.time()}

    def form_invalid(self, form):
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def form_valid(self, form):
        enquiry = record_enquiry(form.cleaned_data, self.request.user)
        messages.success(self.request, f"Aufgenommen unter der Nummer {enquiry.reference}.")
        if Enquiry.objects.visible_to(self.request.user).filter(pk=enquiry.pk).exists():
            return redirect("enquiry:edit", enquiry.pk)
        return redirect("enquiry:index")
