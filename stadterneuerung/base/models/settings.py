"""Facts about the office that stand on many pages, kept once. What is empty is unknown and is said to be."""

from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting

from stadterneuerung.organisation.editing import SeenForm


class SiteSettings(BaseGenericSetting):
    """Address, legal notices and addresses of authorities. Registered in wagtail_hooks."""

    office_name = models.CharField("Name des Amts", max_length=120, default="Amt für Stadterneuerung")
    mailbox = models.EmailField("Postfach des Amts", default="stadterneuerung@stadtdo.de")
    street = models.CharField("Straße und Hausnummer", max_length=120, blank=True)
    postcode = models.CharField("Postleitzahl (Besuch)", max_length=5, default="44137")
    postal_postcode = models.CharField("Postleitzahl (Post)", max_length=5, default="44122")
    city = models.CharField("Ort", max_length=80, default="Dortmund")
    phone = models.CharField("Telefon", max_length=40, blank=True)

    legal_entity = models.CharField("Rechtsträger", max_length=160, default="Stadt Dortmund")
    legal_form = models.CharField("Rechtsform", max_length=160, default="Körperschaft des öffentlichen Rechts")
    represented_by = models.CharField("vertreten durch", max_length=160, default="Der Oberbürgermeister")
    supervisory_authority = models.CharField("Aufsichtsbehörde", max_length=160, blank=True)
    vat_id = models.CharField("Umsatzsteuer-Identifikationsnummer", max_length=20, blank=True)
    responsible_editor = models.CharField("verantwortlich nach § 18 Abs. 2 MStV", max_length=160, blank=True)
    responsible_editor_address = models.CharField("Anschrift dazu", max_length=200, blank=True)
    hosting = models.CharField("Betrieb der Server", max_length=200, blank=True)

    data_protection_mailbox = models.EmailField("Datenschutzbeauftragte*r", default="datenschutz@stadtdo.de")
    supervisory_data_protection = models.CharField(
        "Datenschutzaufsicht",
        max_length=200,
        default="Landesbeauftragte für Datenschutz und Informationsfreiheit NRW, "
        "Kavalleriestraße 2–4, 40213 Düsseldorf",
    )
    retention_confirmed_on = models.DateField("Löschfristen bestätigt am", null=True, blank=True)

    ombuds_name = models.CharField(
        "Ombudsstelle", max_length=160, default="Ombudsstelle für barrierefreie Informationstechnik NRW"
    )
    ombuds_url = models.URLField("Ombudsstelle: Seite", default="https://www.lbbp.nrw.de/ombudsstelle")
    ombuds_mailbox = models.EmailField("Ombudsstelle: E-Mail", default="ombudsstelle-barrierefreie-it@mags.nrw.de")

    security_contact = models.EmailField("Kontakt für Sicherheitshinweise", default="stadterneuerung@stadtdo.de")
    proof_of_work = models.BooleanField(
        "Zusätzlicher Schutz der Formulare",
        default=False,
        help_text="Für Zeiten, in denen Programme massenhaft Nachrichten schicken; sonst bitte ausgeschaltet lassen. "
        "Der Browser löst beim Ausfüllen eine Rechenaufgabe; das dauert meist wenige Sekunden und kostet "
        "etwas Akku. Ohne JavaScript kommt das Formular einmal zurück und lässt sich nach kurzer Wartezeit "
        "absenden. Gespeichert wird nur ein Prüfwert der Nachricht, höchstens zwölf Stunden lang.",
    )
    as_of = models.DateField("Stand", default=timezone.localdate)

    base_form_class = SeenForm

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("office_name"),
                FieldPanel("mailbox"),
                FieldPanel("phone"),
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("postcode"), FieldPanel("postal_postcode"), FieldPanel("city")]),
                FieldPanel("as_of"),
            ],
            heading="Anschrift und Erreichbarkeit",
        ),
        MultiFieldPanel(
            [
                FieldPanel("legal_entity"),
                FieldPanel("legal_form"),
                FieldPanel("represented_by"),
                FieldPanel("supervisory_authority"),
                FieldPanel("vat_id"),
                FieldPanel("responsible_editor"),
                FieldPanel("responsible_editor_address"),
                FieldPanel("hosting"),
            ],
            heading="Impressum",
        ),
        MultiFieldPanel(
            [
                FieldPanel("data_protection_mailbox"),
                FieldPanel("supervisory_data_protection"),
                FieldPanel("retention_confirmed_on"),
            ],
            heading="Datenschutz",
        ),
        MultiFieldPanel(
            [FieldPanel("ombuds_name"), FieldPanel("ombuds_url"), FieldPanel("ombuds_mailbox")],
            heading="Barrierefreiheit",
        ),
        MultiFieldPanel([FieldPanel("security_contact"), FieldPanel("proof_of_work")], heading="Sicherheit"),
    ]

    class Meta:
        verbose_name = "Angaben zum Amt"
