"""What narrows the desk's list down: a form of its own, since it has to work without JavaScript and on a phone."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Page

from areas.models import AreaPage
from contacts.admin.sight import Sight
from contacts.desk import search
from contacts.models import Enquiry, EnquirySubject
from contacts.models.enquiries import EnquiryQuerySet
from projects.models import FundingOfferPage, ProjectPage
from stadterneuerung.base.dates import today
from stadterneuerung.organisation.models import OrganisationUnit

SEARCH_LENGTH = 200
NO_UNIT, ME, NOBODY = "keine", "ich", "niemand"
AGES = {"heute": 0, "7": 7, "30": 30}
OLDER = "aelter"


class DeskFilterForm(forms.Form):
    """Fields are named as in the address. A value that makes no sense is told at its field and narrows nothing."""

    q = forms.CharField(
        label="Suche",
        required=False,
        max_length=SEARCH_LENGTH,
        help_text="Vorgangsnummer, Name, E-Mail, Telefon, Wörter aus Nachricht und Vermerken. Wortanfänge genügen.",
    )
    einheit = forms.ChoiceField(label="Einheit", required=False)
    betreff = forms.ModelChoiceField(EnquirySubject.objects.none(), label="Betreff", required=False)
    seite = forms.ChoiceField(label="Projekt oder Angebot", required=False)
    gebiet = forms.ChoiceField(label="Gebiet", required=False)
    art = forms.ChoiceField(label="Art", required=False, choices=[("", "alle"), *Enquiry.Kind.choices])
    weg = forms.ChoiceField(label="Eingangsweg", required=False, choices=[("", "alle"), *Enquiry.Channel.choices])
    stand = forms.ChoiceField(label="Stand", required=False, choices=[("", "alle"), *Enquiry.State.choices])
    alter = forms.ChoiceField(
        label="Eingegangen",
        required=False,
        choices=[
            ("", "egal wann"),
            ("heute", "heute"),
            ("7", "in den letzten 7 Tagen"),
            ("30", "in den letzten 30 Tagen"),
            (OLDER, "vor mehr als 30 Tagen"),
        ],
    )
    konto = forms.ChoiceField(label="Übernommen von", required=False)

    def __init__(self, data, sight: Sight):
        super().__init__(data)
        self.user = user = sight.user
        units = OrganisationUnit.objects.in_first_language()
        if sight.units is not None:
            units = units.filter(pk__in=sight.units)
        self.fields["einheit"].choices = [
            ("", "alle"),
            *[(str(unit.pk), str(unit)) for unit in units],
            (NO_UNIT, "keine"),
        ]
        self.fields["betreff"].queryset = EnquirySubject.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        self.fields["betreff"].empty_label = "alle"
        titles = _titles()
        self.fields["gebiet"].choices = [("", "alle"), *titles[AreaPage]]
        self.fields["seite"].choices = [
            ("", "alle"),
            ("Projekte", titles[ProjectPage]),
            ("Förderangebote", titles[FundingOfferPage]),
        ]
        taken = sight.enquiries.not_closed().exclude(assignee=None).order_by().values("assignee")
        others = get_user_model().objects.filter(pk__in=taken).exclude(pk=user.pk).order_by("last_name", "username")
        self.fields["konto"].choices = [
            ("", "alle"),
            (ME, "mir"),
            (NOBODY, "niemandem"),
            *[(str(other.pk), other.get_full_name() or other.get_username()) for other in others],
        ]

    @cached_property
    def given(self) -> dict[str, Any]:
        """The valid values that somebody chose or typed."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def counts_a_colleague(self) -> bool:
        """Whether the number of what is found would be a figure about another person, which nobody is shown."""
        return self.given.get("konto", ME) not in (ME, NOBODY)

    @property
    def active(self) -> list[str]:
        """The labels of the fields that narrow the list down, without the search."""
        return [str(self.fields[name].label) for name, value in self.given.items() if name != "q"]

    def clean_q(self) -> str:
        text = self.cleaned_data["q"]
        if text and not search.words_of(text):
            raise forms.ValidationError("Bitte suchen Sie nach Buchstaben oder Ziffern.")
        return text

    def apply(self, enquiries: EnquiryQuerySet) -> EnquiryQuerySet:
        """Return the enquiries that every valid field leaves."""
        for name, value in self.given.items():
            enquiries = getattr(self, f"_by_{name}")(enquiries, value)
        return enquiries

    def _by_q(self, enquiries, text):
        return search.matching(enquiries, text)

    def _by_einheit(self, enquiries, value):
        return enquiries.filter(unit=None if value == NO_UNIT else value)

    def _by_betreff(self, enquiries, subject):
        return enquiries.filter(subject__translation_key=subject.translation_key)

    def _by_seite(self, enquiries, value):
        return enquiries.filter(page__in=_in_all_languages(Q(pk=value)))

    def _by_gebiet(self, enquiries, area):
        """The page is the area, or a project or an offer there."""
        there = [Q(pk__in=model.objects.filter(areas=area).values("pk")) for model in (ProjectPage, FundingOfferPage)]
        return enquiries.filter(page__in=_in_all_languages(Q(pk=area) | there[0] | there[1]))

    def _by_art(self, enquiries, kind):
        return enquiries.filter(kind=kind)

    def _by_weg(self, enquiries, channel):
        return enquiries.filter(channel=channel)

    def _by_stand(self, enquiries, state):
        return enquiries.filter(state=state)

    def _by_alter(self, enquiries, value):
        days = AGES.get(value, AGES["30"])
        since = timezone.make_aware(dt.datetime.combine(today() - dt.timedelta(days=days), dt.time()))
        return enquiries.filter(Q(created_at__lt=since) if value == OLDER else Q(created_at__gte=since))

    def _by_konto(self, enquiries, value):
        return enquiries.filter(assignee={ME: self.user.pk, NOBODY: None}.get(value, value))


def _titles() -> dict[type[Page], list[tuple[str, str]]]:
    """Return the choices of pages by their type, in one query."""
    models = (AreaPage, ProjectPage, FundingOfferPage)
    found = {model: [] for model in models}
    kinds = {kind.pk: model for model, kind in ContentType.objects.get_for_models(*models).items()}
    pages = Page.objects.filter(content_type__in=kinds, locale__language_code=settings.LANGUAGE_CODE)
    for pk, title, kind in pages.order_by("title").values_list("pk", "title", "content_type"):
        found[kinds[kind]].append((str(pk), title))
    return found


def _in_all_languages(pages: Q) -> list[int]:
    """Return ids, not a subquery: PostgreSQL then finds the few rows by the index of the page."""
    keys = Page.objects.filter(pages).order_by().values("translation_key")
    return list(Page.objects.filter(translation_key__in=keys).values_list("pk", flat=True))
