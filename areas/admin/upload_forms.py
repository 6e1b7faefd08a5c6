"""Forms of the steps that bring a file with outlines in."""

from django import forms
from pyproj import CRS
from wagtail.admin.widgets import AdminDateInput

from areas.models import AreaGeometry, AreaPage, OutlineUpload
from areas.uploads import crs as systems
from areas.uploads.mapping import DATES, FACTS, Mapping, read_date
from areas.uploads.plan import LEFT_OUT, Choice
from areas.uploads.reading import ENCODINGS, Layer, UploadError, read_file
from areas.uploads.staging import convert

MAX_TEXTS = {name: AreaGeometry._meta.get_field(name).max_length for name in FACTS if name not in DATES}
# Names of columns that usually hold a fact; what they suggest is shown and can be changed.
LIKELY = {
    "area": ("gebiet", "name", "bezeichnung", "gebietsname", "bez", "titel", "kennung"),
    "valid_from": ("gueltig_ab", "gültig_ab", "valid_from", "rechtskraft", "in_kraft"),
    "source": ("quelle", "source"),
    "decision": ("beschluss", "drucksache", "decision"),
    "decision_body": ("gremium",),
    "decided_on": ("beschl_am", "beschlossen_am", "beschlussdatum", "decided_on"),
}


NO_FILE = "Bitte wählen Sie eine Datei."
EMPTY_FILE = "Die Datei ist leer."
NO_ACCURACY = "Bitte sagen Sie, ob die Umrisse amtlich oder schematisch sind."


class StepForm(forms.Form):
    @property
    def summary(self) -> list[tuple[str, str]]:
        """What is wrong, as (id of the element to go to, sentence).

        Django's sentences and those of its validators have a code and speak of "this field": they get its label. Our
        own name what they are about.
        """
        return [
            (field.id_for_label or f"{field.auto_id}_0", f"{'' if _is_ours(error) else f'{field.label}: '}{sentence}")
            for field in self
            for error in field.errors.as_data()
            for sentence in error.messages
        ]


def _is_ours(error: forms.ValidationError) -> bool:
    return error.code is None or error.message in (NO_FILE, EMPTY_FILE, NO_ACCURACY)


class FileForm(StepForm):
    file = forms.FileField(
        label="Datei",
        help_text="Shapefile als zip (mit .shp, .shx, .dbf und .prj), GeoPackage, GeoJSON oder FlatGeobuf.",
        error_messages={
            "required": NO_FILE,
            "missing": NO_FILE,
            "empty": EMPTY_FILE,
        },
    )
    encoding = forms.ChoiceField(
        label="Zeichenkodierung der Texte",
        choices=list(ENCODINGS.items()),
        required=False,
        help_text="Nur nötig, wenn Umlaute in der Vorschau falsch aussehen; betrifft Shapefiles und GeoJSON.",
    )

    layers: list[Layer]

    def clean(self):
        cleaned = super().clean()
        if (file := cleaned.get("file")) and "encoding" in cleaned:
            try:
                self.layers = read_file(file, file.size, cleaned["encoding"])
            except UploadError as error:
                self.add_error("file", str(error))
        return cleaned


class SourceForm(StepForm):
    """Which layer, and in which coordinates. What the file says stands first, what fits is marked."""

    layer = forms.TypedChoiceField(label="Ebene", coerce=int, widget=forms.RadioSelect)
    system = forms.ChoiceField(label="Koordinatensystem", widget=forms.RadioSelect)
    code = forms.IntegerField(label="EPSG-Nummer des anderen Koordinatensystems", required=False, min_value=1024)

    STATED, OTHER = "stated", "other"

    def __init__(self, *args, upload: OutlineUpload, **kwargs):
        super().__init__(*args, **kwargs)
        self.upload = upload
        layers = upload.layers
        self.fields["layer"].choices = [
            (i, f"{layer['name']} (Objekte: {len(layer['features'])})") for i, layer in enumerate(layers)
        ]
        stated = {crs for layer in layers if (crs := systems.known(layer["crs"]))}
        fits = set(systems.fitting([feature for layer in layers for feature in layer["features"]]))
        usual = [
            (str(code), f"EPSG:{code} – {name}{' – passt zu Dortmund' if code in fits else ''}")
            for code, name in systems.USUAL.items()
        ]
        own = [(self.STATED, f"wie in der Datei: {', '.join(map(systems.label, stated))}")] if stated else []
        self.fields["system"].choices = [*own, *usual, (self.OTHER, "ein anderes")]
        suggested = self.STATED if stated else str(next(iter(fits), ""))
        self.initial = {"layer": upload.layer or 0, "system": suggested} | self.initial

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("system") == self.OTHER and cleaned.get("code") is None and "code" not in self.errors:
            self.add_error("code", "Bitte geben Sie die EPSG-Nummer ein.")
        if "layer" in cleaned and "system" in cleaned and "code" not in self.errors:
            self._find(cleaned)
        return cleaned

    def _find(self, cleaned: dict) -> None:
        layer = self.upload.layers[cleaned["layer"]]
        field, crs = self._named(cleaned, layer)
        if crs is None:
            self.add_error(field, "Dieses Koordinatensystem ist nicht bekannt.")
            return
        try:
            convert(layer, crs)
        except UploadError as error:
            self.add_error(field, str(error))
        cleaned["crs"] = crs

    def _named(self, cleaned: dict, layer: dict) -> tuple[str, CRS | None]:
        if cleaned["system"] == self.STATED:
            return "system", systems.known(layer["crs"])
        if cleaned["system"] == self.OTHER:
            return "code", systems.known(cleaned["code"])
        return "system", systems.known(int(cleaned["system"]))


class MappingForm(StepForm):
    """Which column holds what, or one value for all; licence and accuracy hold for all."""

    area = forms.ChoiceField(
        label="Gebiet",
        required=False,
        help_text="Spalte mit Name oder Kurzname des Gebiets. Ohne Spalte wählen Sie die Gebiete in der Vorschau.",
    )
    is_official = forms.TypedChoiceField(
        label="Genauigkeit",
        coerce=lambda value: value == "official",
        choices=[
            ("official", "amtlich, parzellenscharf"),
            ("schematic", "schematisch, nicht parzellenscharf, ohne Rechtswirkung"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": NO_ACCURACY},
    )
    accuracy_m = forms.IntegerField(label="Lagefehler in Metern, wenn schematisch", required=False, min_value=1)
    licence = forms.ChoiceField(
        label="Lizenz", choices=[("", "keine Angabe"), *AreaGeometry.Licence.choices], required=False
    )

    def __init__(self, *args, upload: OutlineUpload, **kwargs):
        super().__init__(*args, **kwargs)
        columns = upload.chosen_layer["fields"]
        examples = {column: _example(upload.features, column) for column in columns}
        choices = [(column, f"{column}{examples[column]}") for column in columns]
        self.fields["area"].choices = [("", "keine Spalte"), *choices]
        for name, label in FACTS.items():
            self.fields[f"{name}_field"] = forms.ChoiceField(
                label=f"{label}, Spalte", choices=[("", "keine Spalte"), *choices], required=False
            )
            self.fields[f"{name}_fixed"] = _fixed_field(name, label)
        self.initial = self._initial(upload.mapped, columns) | self.initial

    @property
    def facts(self) -> list[tuple]:
        """Each fact as (label, its column, its value for all)."""
        return [(label, self[f"{name}_field"], self[f"{name}_fixed"]) for name, label in FACTS.items()]

    @staticmethod
    def _initial(mapped: Mapping | None, columns: list[str]) -> dict:
        if mapped is None:
            guessed = {
                name: next((column for column in columns if column.lower() in likely), "")
                for name, likely in LIKELY.items()
            }
            return {"area": guessed["area"]} | {f"{name}_field": guessed[name] for name in FACTS}
        fixed = {name: read_date(value) if name in DATES else value for name, value in mapped.fixed.items() if value}
        return {
            "area": mapped.area_field,
            "is_official": "official" if mapped.accuracy_m is None else "schematic",
            "accuracy_m": mapped.accuracy_m,
            "licence": mapped.licence,
            **{f"{name}_field": column for name, column in mapped.fields.items()},
            **{f"{name}_fixed": value for name, value in fixed.items()},
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_official") is False and not cleaned.get("accuracy_m") and "accuracy_m" not in self.errors:
            self.add_error("accuracy_m", "Bitte sagen Sie, um wie viele Meter ein Umriss falsch liegen kann.")
        for name in ("valid_from", "source"):
            keys = (f"{name}_field", f"{name}_fixed")
            if not any(cleaned.get(key) for key in keys) and not any(key in self.errors for key in keys):
                self.add_error(keys[1], f"„{FACTS[name]}“ braucht eine Spalte oder einen Wert für alle.")
        return cleaned

    @property
    def mapping(self) -> Mapping:
        cleaned = self.cleaned_data
        fixed = {name: cleaned[f"{name}_fixed"] for name in FACTS}
        return Mapping(
            area_field=cleaned["area"],
            fields={name: cleaned[f"{name}_field"] for name in FACTS if cleaned[f"{name}_field"]},
            fixed={name: str(value) for name, value in fixed.items() if value},
            licence=cleaned["licence"],
            accuracy_m=None if cleaned["is_official"] else cleaned["accuracy_m"],
        )


def _example(features: list[dict], column: str) -> str:
    value = next((text for feature in features if (text := feature["properties"].get(column))), "")
    return f" – etwa „{value[:40]}“" if value else ""


def _fixed_field(name: str, label: str) -> forms.Field:
    label = f"{label}, Wert für alle"
    if name in DATES:
        return forms.DateField(label=label, required=False, widget=AdminDateInput)
    return forms.CharField(label=label, required=False, max_length=MAX_TEXTS[name])


class ChoicesForm(StepForm):
    """For each feature its area, or that it is left out, and whether its outline is repaired."""

    def __init__(self, *args, choices: dict[int, Choice], names: dict[int, str], areas: list[AreaPage], **kwargs):
        super().__init__(*args, **kwargs)
        self.numbers = list(choices)
        options = [("", "bitte wählen"), (LEFT_OUT, "auslassen"), *((str(area.pk), area.title) for area in areas)]
        for number, choice in choices.items():
            label = f"Gebiet zu Objekt {number}{f' „{names[number]}“' if names[number] else ''}"
            self.fields[f"area_{number}"] = forms.ChoiceField(
                label=label, choices=options, required=False, initial="" if choice.area is None else str(choice.area)
            )
            self.fields[f"repair_{number}"] = forms.BooleanField(
                label=f"Umriss {number} bereinigen", required=False, initial=choice.repair
            )

    def as_json(self) -> dict:
        """Return the choices as OutlineUpload keeps them."""
        chosen = {number: self.cleaned_data[f"area_{number}"] for number in self.numbers}
        return {
            str(number): {
                "area": int(area) if area.isdecimal() else (area or None),
                "repair": self.cleaned_data[f"repair_{number}"],
            }
            for number, area in chosen.items()
        }
