"""`load_content`: makes what is missing, follows the files, never writes over what a person did."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Revision, Site

from projects.models import ProjectIndexPage, ProjectPage
from stadterneuerung.base.dates import today
from stadterneuerung.base.models import Topic
from stadterneuerung.home.content.loader import CREATED, DELETED, EDITED, UNCHANGED, UPDATED, Loader
from stadterneuerung.home.content.richtext import to_rich_text
from stadterneuerung.home.models import HomePage, LoadedContent

SITE = """
model: base.Topic
rows:
  - {slug: gruen, name: Grün}
---
model: home.HomePage
path: /
title: Start
teaser: Die Startseite
claim: Stadt erneuern
---
model: projects.ProjectIndexPage
path: /projekte/
title: Projekte
teaser: Alle Projekte
"""
PARK = """
model: projects.ProjectPage
path: /projekte/park/
title: Park
teaser: Ein Park
topics: [gruen]
status_by_hand: running
status_reason: Gesehen
status_as_of: 2026-01-01
aims: Für alle Nachbar*innen, siehe [Ufer](page:/projekte/ufer/).
milestones:
  - {title: Auftakt, date: 2024-01-01, precision: year}
  - {title: Ende, date: "today+30d"}
body:
  - text: "## Warum\\n\\nDarum."
"""
SHORE = """
model: projects.ProjectPage
path: /projekte/ufer/
title: Ufer
teaser: Ein Ufer
"""


@pytest.fixture
def folder(tmp_path):
    """A small folder of content; tests write into it and load it again."""
    for name, text in {"site": SITE, "park": PARK, "shore": SHORE}.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def load(folder) -> dict[str, str]:
    """Load `folder` and return what happened to each row."""
    loader = Loader(folder)
    loader.load()
    return loader.outcomes


def park() -> ProjectPage:
    return ProjectPage.objects.get(slug="park")


def change_file(folder, old: str, new: str, name: str = "park") -> None:
    path = folder / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# --- what is missing is made ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_empty_database_gets_everything(folder):
    outcomes = load(folder)

    assert set(outcomes.values()) == {CREATED}
    assert park().url == "/projekte/park/"
    assert list(park().topics.all()) == [Topic.objects.get(slug="gruen")]
    assert [milestone.title for milestone in park().milestones.all()] == ["Auftakt", "Ende"]
    assert park().body[0].block_type == "text"


@pytest.mark.django_db
def test_pages_are_published_through_a_revision(folder):
    load(folder)

    assert park().live
    assert park().live_revision == park().latest_revision
    assert not park().has_unpublished_changes


@pytest.mark.django_db
def test_default_site_shows_the_start_page(folder):
    load(folder)

    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get()


@pytest.mark.django_db
def test_bare_start_page_of_the_set_up_is_filled(folder):
    call_command("setup_site", verbosity=0)

    load(folder)

    assert HomePage.objects.get().title == "Start"


@pytest.mark.django_db
def test_links_point_to_pages_by_id_and_the_gender_star_is_no_emphasis(folder):
    load(folder)

    shore = ProjectPage.objects.get(slug="ufer")
    assert park().aims == f'<p>Für alle Nachbar*innen, siehe <a linktype="page" id="{shore.pk}">Ufer</a>.</p>'


@pytest.mark.django_db
def test_relative_dates_lie_around_today(folder):
    load(folder)

    assert park().milestones.get(title="Ende").date == today() + dt.timedelta(days=30)


# --- again, and after changes ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_second_time_changes_nothing(folder):
    load(folder)
    revisions = Revision.objects.count()

    outcomes = load(folder)

    assert set(outcomes.values()) == {UNCHANGED}
    assert Revision.objects.count() == revisions


@pytest.mark.django_db
def test_changed_row_is_loaded_again(folder):
    load(folder)
    change_file(folder, "title: Park", "title: Großer Park")

    outcomes = load(folder)

    assert outcomes["page:/projekte/park/"] == UPDATED
    assert park().title == "Großer Park"
    assert park().milestones.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("edit", ["publish", "draft", "unpublish"])
def test_what_a_person_changed_stays(folder, edit):
    load(folder)
    page = park()
    if edit == "unpublish":
        page.unpublish()
    else:
        page.title = "Von Hand"
        revision = page.save_revision()
        if edit == "publish":
            revision.publish()
    before = (park().title, park().live, park().latest_revision_id)
    change_file(folder, "title: Park", "title: Aus der Datei")

    outcomes = load(folder)

    assert outcomes["page:/projekte/park/"] == EDITED
    assert (park().title, park().live, park().latest_revision_id) == before


@pytest.mark.django_db
def test_record_that_a_person_changed_stays(folder):
    load(folder)
    Topic.objects.update(name="Von Hand")
    change_file(folder, "name: Grün", "name: Aus der Datei", name="site")

    outcomes = load(folder)

    assert outcomes["base.topic:gruen"] == EDITED
    assert Topic.objects.get().name == "Von Hand"


@pytest.mark.django_db
def test_moved_page_is_still_known(folder):
    load(folder)
    page = park()
    page.slug = "neuer-name"
    page.save_revision().publish()

    outcomes = load(folder)

    assert outcomes["page:/projekte/park/"] == EDITED
    assert ProjectPage.objects.filter(title="Park").count() == 1


@pytest.mark.django_db
def test_what_a_person_deleted_stays_deleted_and_links_to_it_become_words(folder):
    load(folder)
    ProjectPage.objects.get(slug="ufer").delete()
    change_file(folder, "title: Park", "title: Park ohne Ufer")

    outcomes = load(folder)

    assert outcomes["page:/projekte/ufer/"] == DELETED
    assert not ProjectPage.objects.filter(slug="ufer").exists()
    assert park().aims == "<p>Für alle Nachbar*innen, siehe Ufer.</p>"


@pytest.mark.django_db
def test_page_that_a_person_made_at_an_address_is_left_alone(folder):
    (folder / "park.yaml").unlink()
    load(folder)
    made = ProjectIndexPage.objects.get().add_child(instance=ProjectPage(title="Eigener", slug="park", teaser="Eigen"))
    made.save_revision().publish()
    (folder / "park.yaml").write_text(PARK, encoding="utf-8")

    outcomes = load(folder)

    assert outcomes["page:/projekte/park/"] == EDITED
    assert park().title == "Eigener"


# --- mistakes in the files ------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("title: Park", "title: [", "kein gültiges YAML"),
        ("model: projects.ProjectPage", "model: projects.Nothing", "gibt es nicht"),
        ("model: projects.ProjectPage\n", "", "nennt sein Modell"),
        ("path: /projekte/park/\n", "", "Es fehlt „path“"),
        ("teaser: Ein Park", "tease: Ein Park", "kein Feld „tease“"),
        ("teaser: Ein Park", "teaser: 2026", "Text erwartet"),
        ("teaser: Ein Park", f"teaser: {'lang ' * 50}", "teaser"),
        ("topics: [gruen]", "topics: [blau]", "„blau“ steht in keiner Datei"),
        ("page:/projekte/ufer/", "page:/projekte/meer/", "„/projekte/meer/“ steht in keiner Datei"),
        ("  - text:", "  - gedicht:", "Den Baustein „gedicht“ gibt es nicht"),
        ("aims: Für", "aims: '# Für'\nresults: Für", "kennt kein <h1>"),
        ("status_reason: Gesehen\n", "", "Grund und Stand"),
        ("path: /projekte/park/", "path: /projekte/ufer/", "steht zweimal"),
    ],
)
def test_mistake_is_named_and_nothing_is_loaded(folder, old, new, reason):
    change_file(folder, old, new)

    with pytest.raises(CommandError) as raised:
        call_command("load_content", folder=folder, verbosity=0)

    assert "Es wurde nichts geladen." in str(raised.value)
    assert reason in str(raised.value)
    assert not LoadedContent.objects.exists()
    assert not ProjectPage.objects.exists()


def test_missing_folder_is_named(tmp_path):
    with pytest.raises(CommandError, match="gibt es nicht"):
        call_command("load_content", folder=tmp_path / "nirgends", verbosity=0)


@pytest.mark.django_db
def test_command_says_in_german_what_happened(folder, capsys):
    call_command("load_content", folder=folder)
    first = capsys.readouterr().out
    call_command("load_content", folder=folder)

    assert "5 angelegt" in first
    assert "5 unverändert" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "features", "expected"),
    [
        ("**fett** und *schräg*", ["bold", "italic"], "<p><b>fett</b> und <i>schräg</i></p>"),
        ("jede*r und Bürger*innen", [], "<p>jede*r und Bürger*innen</p>"),
        ("[Post](mailto:a@b.de)", ["link"], '<p><a href="mailto:a@b.de">Post</a></p>'),
        ("[Da](page:/da/)", ["link"], '<p><a linktype="page" id="7">Da</a></p>'),
    ],
)
def test_markdown_becomes_what_the_editor_keeps(text, features, expected):
    assert to_rich_text(text, features, lambda path: 7) == expected
