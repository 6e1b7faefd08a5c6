import django.db.models.deletion
import django.utils.timezone
import modelsearch.index
import taggit.managers
import uuid
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("users", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailcore", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="SiteSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "office_name",
                    models.CharField(default="Amt für Stadterneuerung", max_length=120, verbose_name="Name des Amts"),
                ),
                (
                    "mailbox",
                    models.EmailField(
                        default="stadterneuerung@stadtdo.de", max_length=254, verbose_name="Postfach des Amts"
                    ),
                ),
                ("street", models.CharField(blank=True, max_length=120, verbose_name="Straße und Hausnummer")),
                ("postcode", models.CharField(default="44137", max_length=5, verbose_name="Postleitzahl (Besuch)")),
                (
                    "postal_postcode",
                    models.CharField(default="44122", max_length=5, verbose_name="Postleitzahl (Post)"),
                ),
                ("city", models.CharField(default="Dortmund", max_length=80, verbose_name="Ort")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="Telefon")),
                (
                    "legal_entity",
                    models.CharField(default="Stadt Dortmund", max_length=160, verbose_name="Rechtsträger"),
                ),
                (
                    "legal_form",
                    models.CharField(
                        default="Körperschaft des öffentlichen Rechts", max_length=160, verbose_name="Rechtsform"
                    ),
                ),
                (
                    "represented_by",
                    models.CharField(default="Der Oberbürgermeister", max_length=160, verbose_name="vertreten durch"),
                ),
                (
                    "supervisory_authority",
                    models.CharField(blank=True, max_length=160, verbose_name="Aufsichtsbehörde"),
                ),
                (
                    "vat_id",
                    models.CharField(blank=True, max_length=20, verbose_name="Umsatzsteuer-Identifikationsnummer"),
                ),
                (
                    "responsible_editor",
                    models.CharField(blank=True, max_length=160, verbose_name="verantwortlich nach § 18 Abs. 2 MStV"),
                ),
                (
                    "responsible_editor_address",
                    models.CharField(blank=True, max_length=200, verbose_name="Anschrift dazu"),
                ),
                ("hosting", models.CharField(blank=True, max_length=200, verbose_name="Betrieb der Server")),
                (
                    "data_protection_mailbox",
                    models.EmailField(
                        default="datenschutz@stadtdo.de", max_length=254, verbose_name="Datenschutzbeauftragte*r"
                    ),
                ),
                (
                    "supervisory_data_protection",
                    models.CharField(
                        default="Landesbeauftragte für Datenschutz und Informationsfreiheit NRW, Kavalleriestraße 2–4, 40213 Düsseldorf",
                        max_length=200,
                        verbose_name="Datenschutzaufsicht",
                    ),
                ),
                (
                    "retention_confirmed_on",
                    models.DateField(blank=True, null=True, verbose_name="Löschfristen bestätigt am"),
                ),
                (
                    "ombuds_name",
                    models.CharField(
                        default="Ombudsstelle für barrierefreie Informationstechnik NRW",
                        max_length=160,
                        verbose_name="Ombudsstelle",
                    ),
                ),
                (
                    "ombuds_url",
                    models.URLField(default="https://www.lbbp.nrw.de/ombudsstelle", verbose_name="Ombudsstelle: Seite"),
                ),
                (
                    "ombuds_mailbox",
                    models.EmailField(
                        default="ombudsstelle-barrierefreie-it@mags.nrw.de",
                        max_length=254,
                        verbose_name="Ombudsstelle: E-Mail",
                    ),
                ),
                (
                    "security_contact",
                    models.EmailField(
                        default="stadterneuerung@stadtdo.de",
                        max_length=254,
                        verbose_name="Kontakt für Sicherheitshinweise",
                    ),
                ),
                ("as_of", models.DateField(default=django.utils.timezone.localdate, verbose_name="Stand")),
            ],
            options={
                "verbose_name": "Angaben zum Amt",
            },
        ),
        migrations.CreateModel(
            name="CustomDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                ("file", models.FileField(upload_to="documents", verbose_name="file")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("file_size", models.PositiveBigIntegerField(editable=False, null=True)),
                ("file_hash", models.CharField(blank=True, editable=False, max_length=40)),
                ("language", models.CharField(default="de", max_length=2, verbose_name="Sprache")),
                ("pages", models.PositiveIntegerField(blank=True, null=True, verbose_name="Seiten")),
                ("as_of", models.DateField(default=django.utils.timezone.localdate, verbose_name="Stand")),
                (
                    "accessibility",
                    models.CharField(
                        choices=[
                            ("unchecked", "nicht geprüft"),
                            ("accessible", "barrierefrei (geprüft)"),
                            ("limited", "eingeschränkt barrierefrei"),
                        ],
                        default="unchecked",
                        max_length=12,
                        verbose_name="Barrierefreiheit",
                    ),
                ),
                ("is_example", models.BooleanField(default=False, verbose_name="Beispiel")),
                (
                    "collection",
                    models.ForeignKey(
                        default=wagtail.models.media.get_root_collection_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.collection",
                        verbose_name="collection",
                    ),
                ),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True, help_text=None, through="taggit.TaggedItem", to="taggit.Tag", verbose_name="tags"
                    ),
                ),
                (
                    "uploaded_by_user",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by user",
                    ),
                ),
            ],
            options={
                "verbose_name": "Dokument",
                "verbose_name_plural": "Dokumente",
                "permissions": [("choose_customdocument", "Darf Dokumente auswählen")],
                "abstract": False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="CustomImage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                (
                    "file",
                    wagtail.images.models.WagtailImageField(
                        height_field="height",
                        upload_to=wagtail.images.models.get_upload_to,
                        verbose_name="file",
                        width_field="width",
                    ),
                ),
                ("description", models.CharField(blank=True, default="", max_length=255, verbose_name="description")),
                ("width", models.IntegerField(editable=False, verbose_name="width")),
                ("height", models.IntegerField(editable=False, verbose_name="height")),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="created at")),
                ("focal_point_x", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_y", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_width", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_height", models.PositiveIntegerField(blank=True, null=True)),
                ("file_size", models.PositiveIntegerField(editable=False, null=True)),
                ("file_hash", models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                (
                    "credit",
                    models.CharField(
                        help_text="Erscheint am Bild, etwa „Stadt Dortmund“.", max_length=160, verbose_name="Urheber*in"
                    ),
                ),
                ("licence", models.CharField(max_length=160, verbose_name="Lizenz oder Nutzungsrecht")),
                (
                    "is_decorative",
                    models.BooleanField(
                        default=False,
                        help_text="Das Bild trägt keine Information; Vorleseprogramme übergehen es.",
                        verbose_name="dekorativ",
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        default=wagtail.models.media.get_root_collection_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.collection",
                        verbose_name="collection",
                    ),
                ),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True, help_text=None, through="taggit.TaggedItem", to="taggit.Tag", verbose_name="tags"
                    ),
                ),
                (
                    "uploaded_by_user",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by user",
                    ),
                ),
            ],
            options={
                "verbose_name": "Bild",
                "verbose_name_plural": "Bilder",
                "permissions": [("choose_customimage", "Darf Bilder auswählen")],
                "abstract": False,
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="CustomRendition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("filter_spec", models.CharField(db_index=True, max_length=255)),
                (
                    "file",
                    wagtail.images.models.WagtailImageField(
                        height_field="height",
                        storage=wagtail.images.models.get_rendition_storage,
                        upload_to=wagtail.images.models.get_rendition_upload_to,
                        width_field="width",
                    ),
                ),
                ("width", models.IntegerField(editable=False)),
                ("height", models.IntegerField(editable=False)),
                ("focal_point_key", models.CharField(blank=True, default="", editable=False, max_length=16)),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="renditions", to="base.customimage"
                    ),
                ),
            ],
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.CreateModel(
            name="OpenQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(unique=True, verbose_name="Schlüssel")),
                ("subject", models.CharField(max_length=120, verbose_name="Betrifft")),
                ("question", models.TextField(verbose_name="Was fehlt")),
                ("owner", models.CharField(max_length=120, verbose_name="Wer kann es sagen")),
                ("blocks_launch", models.BooleanField(default=False, verbose_name="verhindert den Start")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="beantwortet am")),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="Seite",
                    ),
                ),
            ],
            options={
                "verbose_name": "Offene Frage",
                "verbose_name_plural": "Offene Fragen",
                "ordering": ["subject", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=500, unique=True, verbose_name="Adresse")),
                ("title", models.CharField(max_length=255, verbose_name="Titel")),
                ("deleted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gelöscht am")),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="weiter bei",
                    ),
                ),
            ],
            options={
                "verbose_name": "Gelöschte Seite",
                "verbose_name_plural": "Gelöschte Seiten",
                "ordering": ["-deleted_at"],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                ("slug", models.SlugField(verbose_name="Kurzname")),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "Thema",
                "verbose_name_plural": "Themen",
                "ordering": ["name"],
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="customimage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("description", ""), _negated=True), ("is_decorative", True), _connector="OR"
                ),
                name="base_image_described_or_decorative",
                violation_error_message="Bitte beschreiben Sie das Bild, oder kreuzen Sie „dekorativ“ an.",
            ),
        ),
        migrations.AddConstraint(
            model_name="customimage",
            constraint=models.CheckConstraint(
                condition=models.Q(("credit", ""), _negated=True), name="base_image_has_credit"
            ),
        ),
        migrations.AddConstraint(
            model_name="customimage",
            constraint=models.CheckConstraint(
                condition=models.Q(("licence", ""), _negated=True), name="base_image_has_licence"
            ),
        ),
        migrations.AlterUniqueTogether(
            name="customrendition",
            unique_together={("image", "filter_spec", "focal_point_key")},
        ),
        migrations.AlterUniqueTogether(
            name="topic",
            unique_together={("slug", "locale"), ("translation_key", "locale")},
        ),
    ]
