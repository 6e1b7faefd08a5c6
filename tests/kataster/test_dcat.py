"""The catalogue in RDF, convention by convention of DCAT-AP.de 2.0, read from what is served as a SHACL shape would.

K01 contact, K12/K13 contributorID, K31 licence, K32 format, K36 publisher are errors; theme, keyword, landingPage,
issued and the title of a distribution are warnings; identifier and modified are hints.
"""

import datetime as dt
import os
import socket
import subprocess
import sys

import pytest
from django.conf import settings
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

from kataster.opendata.catalogue import BY_SLUG, DATA_SETS
from kataster.opendata.dcat import DCATDE, VCARD
from kataster.opendata.licences import Licence
from stadterneuerung.base.models import SiteSettings
from tests import factories
from tests.kataster.data_support import body_of, data_page, one_of_each

pytestmark = [
    pytest.mark.django_db,
    # What rdflib's own JSON-LD parser still uses; the site only writes.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

SYNTAX = {"ttl": "turtle", "jsonld": "json-ld"}
EU = "http://publications.europa.eu/resource/authority"
THEMES = {
    "AGRI",
    "ECON",
    "EDUC",
    "ENER",
    "ENVI",
    "GOVE",
    "HEAL",
    "INTR",
    "JUST",
    "OP_DATPRO",
    "REGI",
    "SOCI",
    "TECH",
    "TRAN",
}
CONTRIBUTOR = "http://dcat-ap.de/def/contributors/openDataDortmund"
FORMAT_OF = {"csv": "CSV", "json": "JSON", "geojson": "GEOJSON"}


@pytest.fixture(scope="module", autouse=True)
def _published_rows(rows_of_module) -> None:
    data_page()
    one_of_each()
    for model in (factories.AreaPage, factories.ProjectPage, factories.FundingOfferPage, factories.EventPage,
                  factories.StudyPage):  # fmt: skip
        model.objects.get().save_revision().publish()


@pytest.fixture(params=SYNTAX)
def catalogue(client, request, monkeypatch):
    """Return a function that parses the served catalogue; nothing may be fetched for it."""

    def parsed() -> Graph:
        text = body_of(client, f"katalog.{request.param}").decode()
        with monkeypatch.context() as offline:
            offline.setattr(socket, "getaddrinfo", _no_network)
            return Graph().parse(data=text, format=SYNTAX[request.param])

    return parsed


def _no_network(*args, **kwargs):
    raise AssertionError("der Katalog braucht etwas aus dem Netz")


def nodes(graph: Graph, kind: URIRef) -> list[URIRef]:
    return sorted(graph.subjects(RDF.type, kind))


def without(graph: Graph, kind: URIRef, predicate: URIRef, is_right) -> list[URIRef]:
    """Return nodes of `kind` that lack `predicate`, or that have a value of it that is not right."""
    wrong = []
    for node in nodes(graph, kind):
        values = list(graph.objects(node, predicate))
        if not values or not all(is_right(value) for value in values):
            wrong.append(node)
    return wrong


def is_german_text(value) -> bool:
    return isinstance(value, Literal) and value.language == "de" and bool(value.strip())


def is_day(value) -> bool:
    return isinstance(value, Literal) and value.datatype == XSD.date and isinstance(value.toPython(), dt.date)


# --- errors ----------------------------------------------------------------------------------------------------------
def test_k01_contact_has_mail_or_address(catalogue):
    graph = catalogue()

    def reachable(contact) -> bool:
        return any(graph.objects(contact, VCARD.hasEmail)) or any(graph.objects(contact, VCARD.hasURL))

    assert without(graph, DCAT.Dataset, DCAT.contactPoint, reachable) == []
    assert set(graph.objects(None, VCARD.hasEmail)) == {URIRef("mailto:stadterneuerung@stadtdo.de")}


def test_k01_contact_without_mailbox_has_an_address(catalogue):
    facts = SiteSettings.load()
    facts.mailbox = ""
    facts.save()

    graph = catalogue()

    assert list(graph.objects(None, VCARD.hasEmail)) == []
    assert set(graph.objects(None, VCARD.hasURL)) == {URIRef("http://localhost/daten/")}


def test_k12_contributor_id_is_left_out_until_it_is_assigned(catalogue):
    assert list(catalogue().subject_objects(DCATDE.contributorID)) == []


def test_k12_k13_each_data_set_has_exactly_the_assigned_contributor_id(catalogue):
    data_page(contributor_id=CONTRIBUTOR)

    graph = catalogue()

    found = {node: list(graph.objects(node, DCATDE.contributorID)) for node in nodes(graph, DCAT.Dataset)}
    assert len(found) == len(DATA_SETS)
    assert set(map(tuple, found.values())) == {(URIRef(CONTRIBUTOR),)}


def test_k31_licence_is_left_out_until_it_is_decided(catalogue):
    graph = catalogue()

    assert list(graph.subject_objects(DCTERMS.license)) == []
    assert list(graph.subject_objects(DCATDE.licenseAttributionByText)) == []


@pytest.mark.parametrize("licence", Licence)
def test_k31_each_distribution_has_the_licence_from_the_vocabulary(catalogue, licence):
    data_page(licence=licence, attribution="Stadt Dortmund")

    graph = catalogue()

    expected = URIRef(f"http://dcat-ap.de/def/licenses/{licence.value}")
    assert without(graph, DCAT.Distribution, DCTERMS.license, lambda value: value == expected) == []
    assert without(graph, DCAT.Distribution, DCATDE.licenseAttributionByText, is_german_text) == []


def test_k32_each_distribution_has_a_format_of_the_eu_list(catalogue):
    graph = catalogue()

    found = {str(node).rpartition("#")[2]: list(graph.objects(node, DCTERMS["format"])) for node in
             nodes(graph, DCAT.Distribution)}  # fmt: skip

    assert found == {ending: [URIRef(f"{EU}/file-type/{name}")] for ending, name in FORMAT_OF.items()}


def test_k36_catalogue_and_each_data_set_have_a_publisher_with_a_name(catalogue):
    graph = catalogue()

    def named(agent) -> bool:
        return (agent, RDF.type, FOAF.Agent) in graph and bool(list(graph.objects(agent, FOAF.name)))

    for kind in (DCAT.Dataset, DCAT.Catalog):
        assert without(graph, kind, DCTERMS.publisher, named) == []
    assert set(graph.objects(None, FOAF.name)) == {Literal("Stadt Dortmund, Amt für Stadterneuerung")}


# --- warnings --------------------------------------------------------------------------------------------------------
def test_each_data_set_has_a_theme_of_the_eu_list(catalogue):
    def known(value) -> bool:
        return str(value).removeprefix(f"{EU}/data-theme/") in THEMES

    assert without(catalogue(), DCAT.Dataset, DCAT.theme, known) == []


def test_each_data_set_has_keywords(catalogue):
    assert without(catalogue(), DCAT.Dataset, DCAT.keyword, is_german_text) == []


def test_each_data_set_has_a_landing_page_that_answers(catalogue, client):
    def answers(value) -> bool:
        return client.get(str(value).removeprefix("http://localhost")).status_code == 200

    assert without(catalogue(), DCAT.Dataset, DCAT.landingPage, answers) == []


@pytest.mark.parametrize("kind", [DCAT.Catalog, DCAT.Dataset, DCAT.Distribution])
def test_everything_says_since_when_it_is_published(catalogue, kind):
    assert without(catalogue(), kind, DCTERMS.issued, is_day) == []


@pytest.mark.parametrize("kind", [DCAT.Catalog, DCAT.Dataset, DCAT.Distribution])
def test_everything_has_a_title_and_a_description(catalogue, kind):
    graph = catalogue()

    assert without(graph, kind, DCTERMS.title, is_german_text) == []
    assert without(graph, kind, DCTERMS.description, is_german_text) == []


# --- hints and the rest ----------------------------------------------------------------------------------------------
def test_each_data_set_has_an_identifier_of_its_own(catalogue):
    graph = catalogue()

    found = list(graph.objects(None, DCTERMS.identifier))

    assert len(found) == len(set(found)) == len(DATA_SETS)


@pytest.mark.parametrize("kind", [DCAT.Catalog, DCAT.Dataset, DCAT.Distribution])
def test_everything_says_when_it_changed_last(catalogue, kind):
    assert without(catalogue(), kind, DCTERMS.modified, is_day) == []


def test_each_data_set_is_of_dortmund(catalogue):
    graph = catalogue()
    dortmund = URIRef("http://dcat-ap.de/def/politicalGeocoding/municipalityKey/05913000")
    level = URIRef("http://dcat-ap.de/def/politicalGeocoding/Level/municipality")

    assert without(graph, DCAT.Dataset, DCTERMS.spatial, lambda value: value == dortmund) == []
    assert without(graph, DCAT.Dataset, DCATDE.politicalGeocodingURI, lambda value: value == dortmund) == []
    assert without(graph, DCAT.Dataset, DCATDE.politicalGeocodingLevelURI, lambda value: value == level) == []


def test_catalogue_holds_every_data_set_with_every_file(catalogue, client):
    graph = catalogue()

    (top,) = nodes(graph, DCAT.Catalog)
    files = {str(address) for address in graph.objects(None, DCAT.downloadURL)}

    assert sorted(graph.objects(top, DCAT.dataset)) == nodes(graph, DCAT.Dataset)
    assert {str(node).split("/")[-2] for node in nodes(graph, DCAT.Dataset)} == set(BY_SLUG)
    assert files == {f"http://localhost/daten/{each.slug}.{ending}" for each in DATA_SETS for ending in each.formats}
    assert {client.head(file.removeprefix("http://localhost")).status_code for file in files} == {200}


def test_media_type_is_what_the_file_says(catalogue, client):
    graph = catalogue()

    for node in nodes(graph, DCAT.Distribution):
        file = str(graph.value(node, DCAT.downloadURL)).removeprefix("http://localhost")
        said = str(graph.value(node, DCAT.mediaType)).removeprefix("https://www.iana.org/assignments/media-types/")
        assert client.head(file)["Content-Type"].partition(";")[0] == said


def test_both_syntaxes_say_the_same(client):
    data_page(licence=Licence.DL_DE_ZERO, contributor_id=CONTRIBUTOR)

    first, second = (
        Graph().parse(data=body_of(client, f"katalog.{ending}").decode(), format=name)
        for ending, name in SYNTAX.items()
    )

    assert len(first) > 100
    assert isomorphic(first, second)


WRITE = """
import datetime as dt
from kataster.opendata.dcat import *
now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
about = Publisher("http://x/", "A", "B", "a@example.org", "", "", "", "T", "D", None)
graph = catalogue_graph(about, {each.slug: State(1, now, "", now) for each in DATA_SETS})
written = as_turtle(graph) + as_json_ld(graph)
"""


def test_every_process_writes_the_same_file():
    """rdflib writes JSON-LD in the order of hashes, which differs from process to process; ETags must not."""
    here = {}
    exec(WRITE, here)  # noqa: S102 - the constant above

    there = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{WRITE}\nprint(written)"],
        env=os.environ | {"PYTHONHASHSEED": "1", "DJANGO_SETTINGS_MODULE": "stadterneuerung.settings.test"},
        cwd=settings.ROOT,
        capture_output=True,
        check=True,
        text=True,
    )

    assert there.stdout == here["written"] + "\n"
    assert len(here["written"]) > 10_000
