"""The house holds: models know only models of lower rooms, pages say where they live, every template is used."""

import re
from pathlib import Path

import pytest
import wagtail.admin
from django.apps import apps
from django.db import models
from wagtail.models import Page

ROOT = Path(__file__).resolve().parents[1]
WAGTAIL_TEMPLATES = Path(wagtail.admin.__file__).parent / "templates"
# Bottom to top; a room may point at its own models and at those below. Siblings share a number.
LEVELS = {
    "users": 0,
    "organisation": 1,
    "base": 2,
    "areas": 3,
    "projects": 4,
    "news": 5,
    "jobs": 5,
    "contacts": 6,
    "kataster": 6,
    "home": 7,
}
ROOMS = ["stadterneuerung", "areas", "projects", "news", "jobs", "contacts", "kataster"]
OUR_MODELS = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in LEVELS]
OUR_PAGES = [model for model in OUR_MODELS if issubclass(model, Page)]


def test_every_room_has_a_level():
    rooms = {
        config.label
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(ROOT) and ".venv" not in Path(config.path).parts
    }

    assert rooms == set(LEVELS)


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_relations_point_down(model):
    here = model._meta.app_label
    targets = {
        field.related_model._meta.app_label
        for field in model._meta.get_fields()
        if isinstance(field, (models.ForeignKey, models.ManyToManyField)) and not isinstance(field.related_model, str)
    }

    upward = {target for target in targets if target in LEVELS and target != here and LEVELS[target] >= LEVELS[here]}

    assert upward == set()


def test_only_the_user_lives_in_users():
    assert [model.__name__ for model in apps.get_app_config("users").get_models()] == ["User"]


@pytest.mark.parametrize("page_type", OUR_PAGES, ids=lambda page_type: page_type.__name__)
def test_page_type_says_where_it_lives(page_type):
    assert page_type.parent_page_types is not None, "parent_page_types fehlt"
    assert page_type.subpage_types is not None, "subpage_types fehlt"
    assert page_type.max_count is None, "max_count zählt über alle Sprachen; nehmen Sie max_count_per_parent"


@pytest.mark.parametrize("page_type", OUR_PAGES, ids=lambda page_type: page_type.__name__)
def test_page_type_has_its_template(page_type):
    template = ROOT / "templates/pages" / page_type._meta.app_label / f"{page_type._meta.model_name}.html"

    assert template.is_file()


def test_every_template_is_used():
    sources = [path.read_text() for folder in ("templates", *ROOMS) for path in _sources(folder)]
    text = "\n".join(sources)
    templates = {path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.html")}
    by_convention = {f"pages/{model._meta.app_label}/{model._meta.model_name}.html" for model in OUR_PAGES}
    by_convention |= {"403.html", "404.html", "500.html"}  # Django's own names
    by_picture = {f"components/pictures/{name}.html" for name in re.findall(r'Picture\(\s*"(\w+)"', text)}

    in_place_of_wagtails = {name for name in templates if (WAGTAIL_TEMPLATES / name).is_file()}

    unused = {name for name in templates - by_convention - by_picture - in_place_of_wagtails if name not in text}

    assert unused == set()


def _sources(folder: str):
    return [path for path in (ROOT / folder).rglob("*") if path.suffix in {".py", ".html", ".txt"}]


def test_no_inline_style_or_script_in_templates():
    pattern = re.compile(
        r"\sstyle=|\son\w+=|<style|<script(?![^>]*\b(src|type=\"application/ld\+json\"))", re.IGNORECASE
    )
    public = [path for path in (ROOT / "templates").rglob("*.html") if "admin" not in path.parts]

    offenders = [path.name for path in public if pattern.search(path.read_text())]

    assert offenders == []
