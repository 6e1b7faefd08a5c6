"""The catalogue of the data sets in RDF, as DCAT-AP.de 2.0 wants it.

What is not decided is left out, never made up: a licence that nobody chose, the name that GovData assigns. A portal
that checks the conventions will refuse the catalogue until both are there; "Offene Angaben" says so.
"""

import json
from dataclasses import dataclass
from typing import Any

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

from kataster.opendata.catalogue import DATA_SETS
from kataster.opendata.datasets import DataSet, State
from kataster.opendata.licences import VOCABULARY
from kataster.opendata.writers import FORMATS, Format

DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
EU = "http://publications.europa.eu/resource/authority/"
GEOCODING = "http://dcat-ap.de/def/politicalGeocoding/"
DORTMUND = URIRef(f"{GEOCODING}municipalityKey/05913000")  # Amtlicher Gemeindeschlüssel
GERMAN = URIRef(f"{EU}language/DEU")
# Once something changes on the website, which nobody plans.
IRREGULAR = URIRef(f"{EU}frequency/IRREG")
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
PREFIXES = {"dcat": DCAT, "dcatde": DCATDE, "dct": DCTERMS, "foaf": FOAF, "vcard": VCARD, "xsd": XSD}


@dataclass(frozen=True)
class Publisher:
    """Who publishes and who answers. `url` is the full address of the catalogue's page."""

    url: str
    name: str
    contact_name: str
    mailbox: str
    licence: str
    attribution: str
    contributor_id: str
    title: str
    description: str
    issued: object  # date of the first publication, or None


def catalogue_graph(publisher: Publisher, states: dict[str, State]) -> Graph:
    """Return the catalogue; `states` by slug. Every node has an address, so the same data give the same file."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    catalogue, agent, contact = (URIRef(f"{publisher.url}#{name}") for name in ("katalog", "herausgeber", "kontakt"))
    _describe(graph, catalogue, DCAT.Catalog, publisher.title, publisher.description)
    graph.add((catalogue, DCTERMS.publisher, agent))
    graph.add((catalogue, DCTERMS.language, GERMAN))
    graph.add((catalogue, DCTERMS.spatial, DORTMUND))
    graph.add((catalogue, FOAF.homepage, URIRef(publisher.url)))
    graph.add((catalogue, DCAT.themeTaxonomy, URIRef(f"{EU}data-theme")))
    _dates(graph, catalogue, publisher.issued, max((s.as_of for s in states.values() if s.as_of), default=None))
    graph.add((agent, RDF.type, FOAF.Agent))
    graph.add((agent, RDF.type, FOAF.Organization))
    graph.add((agent, FOAF.name, Literal(publisher.name)))
    graph.add((contact, RDF.type, VCARD.Organization))
    graph.add((contact, VCARD.fn, Literal(publisher.contact_name)))
    graph.add((contact, VCARD.hasURL, URIRef(publisher.url)))
    if publisher.mailbox:
        graph.add((contact, VCARD.hasEmail, URIRef(f"mailto:{publisher.mailbox}")))
    for data_set in DATA_SETS:
        node = _data_set(graph, data_set, states[data_set.slug], publisher)
        graph.add((catalogue, DCAT.dataset, node))
        graph.add((node, DCTERMS.publisher, agent))
        graph.add((node, DCAT.contactPoint, contact))
    return graph


def _data_set(graph: Graph, data_set: DataSet, state: State, publisher: Publisher) -> URIRef:
    page = f"{publisher.url}{data_set.slug}/"
    node = URIRef(f"{page}#datensatz")
    _describe(graph, node, DCAT.Dataset, str(data_set.title), f"{data_set.summary} {data_set.rule}")
    for keyword in data_set.keywords:
        graph.add((node, DCAT.keyword, Literal(str(keyword), lang="de")))
    graph.add((node, DCAT.theme, URIRef(f"{EU}data-theme/{data_set.theme}")))
    graph.add((node, DCAT.landingPage, URIRef(page)))
    graph.add((node, DCTERMS.identifier, Literal(str(node))))
    graph.add((node, DCTERMS.language, GERMAN))
    graph.add((node, DCTERMS.accrualPeriodicity, IRREGULAR))
    graph.add((node, DCTERMS.spatial, DORTMUND))
    graph.add((node, DCATDE.politicalGeocodingURI, DORTMUND))
    graph.add((node, DCATDE.politicalGeocodingLevelURI, URIRef(f"{GEOCODING}Level/municipality")))
    if publisher.contributor_id:
        graph.add((node, DCATDE.contributorID, URIRef(publisher.contributor_id)))
    _dates(graph, node, publisher.issued, state.as_of)
    for ending in data_set.formats:
        graph.add((node, DCAT.distribution, _distribution(graph, data_set, FORMATS[ending], state, publisher)))
    return node


def _distribution(graph: Graph, data_set: DataSet, file: Format, state: State, publisher: Publisher) -> URIRef:
    node = URIRef(f"{publisher.url}{data_set.slug}/#{file.ending}")
    address = URIRef(f"{publisher.url}{data_set.slug}.{file.ending}")
    _describe(graph, node, DCAT.Distribution, f"{data_set.title} ({file.name})", str(data_set.summary))
    graph.add((node, DCAT.accessURL, address))
    graph.add((node, DCAT.downloadURL, address))
    graph.add((node, DCTERMS["format"], URIRef(f"{EU}file-type/{file.eu_type}")))
    graph.add((node, DCAT.mediaType, URIRef(f"{MEDIA_TYPES}{file.media_type}")))
    if publisher.licence:
        graph.add((node, DCTERMS.license, URIRef(f"{VOCABULARY}{publisher.licence}")))
    if publisher.licence and publisher.attribution:
        graph.add((node, DCATDE.licenseAttributionByText, Literal(publisher.attribution, lang="de")))
    _dates(graph, node, publisher.issued, state.as_of)
    return node


def _describe(graph: Graph, node: URIRef, kind: URIRef, title: str, description: str) -> None:
    graph.add((node, RDF.type, kind))
    graph.add((node, DCTERMS.title, Literal(title, lang="de")))
    graph.add((node, DCTERMS.description, Literal(description, lang="de")))


def _dates(graph: Graph, node: URIRef, issued, modified) -> None:
    for predicate, day in ((DCTERMS.issued, issued), (DCTERMS.modified, modified)):
        if day:
            graph.add((node, predicate, Literal(day.isoformat(), datatype=XSD.date)))


def as_turtle(graph: Graph) -> str:
    return graph.serialize(format="turtle")


def as_json_ld(graph: Graph) -> str:
    """Return JSON-LD with its context in it: nobody has to fetch one from elsewhere."""
    context = {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}
    return json.dumps(_ordered(json.loads(graph.serialize(format="json-ld", context=context))), ensure_ascii=False)


def _ordered(data: Any) -> Any:
    """Sort keys and lists, whose order means nothing in RDF: each process would write another one."""
    if isinstance(data, dict):
        return {name: _ordered(value) for name, value in sorted(data.items())}
    if isinstance(data, list):
        return sorted((_ordered(item) for item in data), key=json.dumps)
    return data


# Ending → how it is written, and what it is called.
SYNTAXES = {"ttl": (as_turtle, "text/turtle; charset=utf-8"), "jsonld": (as_json_ld, "application/ld+json")}
