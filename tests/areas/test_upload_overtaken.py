"""An upload that is confirmed or discarded in another window while a step is taken."""

import pytest
from django.urls import reverse
from django.utils import timezone

from areas.admin import upload_views
from areas.models import AreaGeometry, OutlineUpload
from tests.areas import geo_files
from tests.areas.upload_support import OUTLINES, choices, mapping, preview, url
from tests.factories import SQUARE

pytestmark = pytest.mark.django_db

STEPS = {
    "source": {"layer": "0", "system": "4326", "code": ""},
    "mapping": mapping(source_fixed="anders"),
    "preview": {"action": "confirm"},
}


def _meanwhile(monkeypatch, change) -> None:
    """Do `change` to the upload after a step has loaded it and before the step writes."""
    write = upload_views.StepView.keep

    def keep(view, *names):
        change(OutlineUpload.objects.filter(pk=view.upload.pk))
        return write(view, *names)

    monkeypatch.setattr(upload_views.StepView, "keep", keep)


CHANGES = {
    "discarded": lambda uploads: uploads.delete(),
    "confirmed": lambda uploads: uploads.update(done_at=timezone.now()),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_does_not_undo_what_another_window_did(editor, monkeypatch, step, change):
    shown = preview(editor, geo_files.geojson(SQUARE, name="Nord"), name="a.geojson")
    address, data = url(step), STEPS[step] | (choices(shown) if step == "preview" else {})
    before = list(OutlineUpload.objects.values("mapping", "choices"))
    _meanwhile(monkeypatch, change)

    answer = editor.post(address, data, follow=True)

    assert answer.redirect_chain == [(reverse(OUTLINES), 302)]
    assert "„a.geojson“ ist inzwischen in einem anderen Fenster übernommen oder verworfen" in answer.content.decode()
    assert OutlineUpload.objects.unfinished().count() == 0
    assert list(OutlineUpload.objects.values("mapping", "choices")) in ([], before)
    assert AreaGeometry.objects.count() == 0
