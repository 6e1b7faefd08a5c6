"""The steps of an upload between file and import; views and commands take them, nothing here knows of requests."""

from pyproj import CRS

from areas.models import AreaPage, OutlineUpload
from areas.uploads import crs as systems
from areas.uploads.mapping import Mapping
from areas.uploads.matching import Matcher, areas_to_choose
from areas.uploads.plan import Choice, Plan, make_plan
from areas.uploads.reading import Layer, UploadError

OUTSIDE = "Mit diesem Koordinatensystem liegt kein Objekt in oder um Dortmund. Bitte wählen Sie ein anderes."
SWAPPED = "Ost- und Nordwert sind in der Datei vertauscht. Bitte exportieren Sie sie neu."


def convert(layer: dict, crs: CRS) -> systems.Converted:
    """Return a layer's features in EPSG:4326. Raises UploadError when that puts none of them near Dortmund."""
    converted = systems.to_degrees(layer["features"], crs)
    points = systems.first_points(converted.features)
    if points and not any(systems.is_here(point) for point in points):
        swapped = systems.transformer(crs)
        turned = [swapped.transform(y, x) for x, y in systems.first_points(layer["features"])]
        raise UploadError(SWAPPED if any(systems.is_here(point) for point in turned) else OUTSIDE)
    return converted


def stage(user, file_name: str, layers: list[Layer]) -> OutlineUpload:
    """Keep what was read of a file; what needs no question is decided already."""
    upload = OutlineUpload(user=user, file_name=file_name[:200], layers=[vars(layer) for layer in layers])
    if len(layers) == 1 and (crs := systems.known(layers[0].crs)):
        try:
            choose_source(upload, 0, crs)
        except UploadError as error:  # the file names coordinates that do not fit: its editor is told and asked
            upload.notes = [*layers[0].notes, f"Die Datei nennt {systems.label(crs)}. {error}"]
    upload.save()
    return upload


def choose_source(upload: OutlineUpload, layer: int, crs: CRS) -> None:
    """Decide on layer and coordinates. Raises UploadError; then nothing is changed."""
    converted = convert(upload.layers[layer], crs)
    if layer != upload.layer:
        upload.mapping = None
    upload.layer, upload.crs = layer, crs.to_string() if crs.to_epsg() is None else f"EPSG:{crs.to_epsg()}"
    upload.features = converted.features
    upload.notes = upload.layers[layer]["notes"] + converted.notes
    upload.choices = {}


def choose_mapping(upload: OutlineUpload, mapping: Mapping) -> None:
    """Decide what the columns mean. Another column of names means other areas, so choices begin anew."""
    if upload.mapped is None or upload.mapped.area_field != mapping.area_field:
        upload.choices = {}
    upload.mapping = mapping.as_json()


def choices_of(
    features: list[dict], mapping: Mapping, areas: list[AreaPage], made: dict | None = None
) -> dict[int, Choice]:
    """Return what was chosen for each feature, and where nothing was, the area that its name means."""
    matcher = Matcher(areas)
    choices = {}
    for number, feature in enumerate(features, start=1):
        kept = (made or {}).get(str(number))
        if kept is None:
            choices[number] = Choice(matcher.match(mapping.name_of(feature)))
        else:
            choices[number] = Choice(kept["area"], kept["repair"])
    return choices


def plan_of(upload: OutlineUpload, areas: list[AreaPage] | None = None) -> Plan:
    """Return what importing an upload would do now; it must have features and a mapping."""
    areas = areas_to_choose() if areas is None else areas
    choices = choices_of(upload.features, upload.mapped, areas, upload.choices)
    return make_plan(upload.features, upload.mapped, choices, areas)
