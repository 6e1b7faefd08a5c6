"""The steps that bring a file with outlines in: file, source, mapping, preview. Each can be gone back to."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from areas.admin.upload_forms import ChoicesForm, FileForm, MappingForm, SourceForm
from areas.admin.upload_handler import LimitedUpload
from areas.models import OutlineUpload
from areas.uploads import crs as systems
from areas.uploads.importing import Overtaken, confirm
from areas.uploads.matching import areas_to_choose
from areas.uploads.plan import make_plan
from areas.uploads.staging import choices_of, choose_mapping, choose_source, plan_of, stage

PERMISSION = "areas.add_areageometry"
LIST = "wagtailsnippets_areas_areageometry:list"
CHANGED = (
    "Seit dieser Vorschau hat sich etwas geändert: Ihre Auswahl oder die Umrisse der Gebiete. "
    "Übernommen wurde noch nichts. Bitte prüfen Sie die Vorschau noch einmal."
)


OVERTAKEN = "„{}“ ist inzwischen in einem anderen Fenster übernommen oder verworfen; hier wurde nichts mehr geändert."


class StepView(WagtailAdminTemplateMixin, FormView):
    """A step of an upload that its owner, or an administrator, takes. `requires` names what must be decided before."""

    page_title = "Umrisse hochladen"
    header_icon = "upload"
    step = 0
    requires = ""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        if "pk" in kwargs:
            self.upload = get_object_or_404(OutlineUpload.objects.visible_to(request.user), pk=kwargs["pk"])
            if self.upload.done_at:
                messages.info(request, f"„{self.upload.file_name}“ ist schon übernommen.")
                return redirect(LIST)
            if self.requires and getattr(self.upload, self.requires) is None:
                return redirect(next_step(self.upload))
        return super().dispatch(request, *args, **kwargs)

    def keep(self, *names: str) -> bool:
        """Write these fields of the upload, unless it was confirmed or discarded meanwhile; return whether it was."""
        values = {name: getattr(self.upload, name) for name in names}
        return bool(OutlineUpload.objects.unfinished().filter(pk=self.upload.pk).update(**values))

    def overtaken(self) -> HttpResponse:
        messages.warning(self.request, OVERTAKEN.format(self.upload.file_name))
        return redirect(LIST)

    def get_breadcrumbs_items(self):
        items = [{"url": reverse(LIST), "label": "Umrisse"}, {"url": "", "label": self.page_title}]
        return [*self.breadcrumbs_items, *items]

    def get_context_data(self, **kwargs):
        upload = getattr(self, "upload", None)
        return super().get_context_data(**kwargs) | {"upload": upload, "steps": steps(upload, self.step)}


class FileView(StepView):
    template_name = "admin/areas/upload_file.html"
    form_class = FileForm
    step = 1

    @classmethod
    def as_limited_view(cls):
        """Return the view for URLs: the limit must hold before the check of the token reads the request."""
        protected = csrf_protect(cls.as_view())

        @csrf_exempt
        def view(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            request.upload_handlers.insert(0, LimitedUpload(request))
            return protected(request, *args, **kwargs)

        return view

    def form_invalid(self, form):
        if refused := LimitedUpload.refusal(self.request):
            form.errors["file"] = form.error_class([refused])
        return super().form_invalid(form)

    def form_valid(self, form):
        upload = stage(self.request.user, form.cleaned_data["file"].name, form.layers)
        return redirect(next_step(upload))

    def get_context_data(self, **kwargs):
        open_uploads = OutlineUpload.objects.visible_to(self.request.user).unfinished().select_related("user")
        rows = open_uploads.only("file_name", "created_at", "user")
        return super().get_context_data(**kwargs) | {
            "open_uploads": rows,
            "keep_days": settings.OUTLINE_UPLOADS["keep_days"],
        }


class UploadStepView(StepView):
    """A step that decides on the fields of the upload in `decides`."""

    decides: tuple[str, ...]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"upload": self.upload}

    def form_valid(self, form):
        self.decide(form)
        if not self.keep(*self.decides):
            return self.overtaken()
        return redirect(next_step(self.upload, after=self.step))


class SourceView(UploadStepView):
    template_name = "admin/areas/upload_source.html"
    form_class = SourceForm
    step = 2
    decides = ("layer", "crs", "features", "notes", "mapping", "choices")

    def decide(self, form):
        choose_source(self.upload, form.cleaned_data["layer"], form.cleaned_data["crs"])


class MappingView(UploadStepView):
    template_name = "admin/areas/upload_mapping.html"
    form_class = MappingForm
    step = 3
    requires = "features"
    decides = ("mapping", "choices")

    def decide(self, form):
        choose_mapping(self.upload, form.mapping)

    def get_context_data(self, **kwargs):
        system = systems.known(self.upload.crs)
        return super().get_context_data(**kwargs) | {"system": systems.label(system)}


class PreviewView(StepView):
    template_name = "admin/areas/upload_preview.html"
    form_class = ChoicesForm
    step = 4
    requires = "mapping"

    def get_form_kwargs(self):
        mapping, features = self.upload.mapped, self.upload.features
        self.areas = areas_to_choose()
        self.choices = choices_of(features, mapping, self.areas, self.upload.choices)
        names = {number: mapping.name_of(feature) for number, feature in enumerate(features, start=1)}
        own = {"choices": self.choices, "names": names, "areas": self.areas}
        return super().get_form_kwargs() | own

    def form_valid(self, form):
        self.upload.choices = form.as_json()
        if not self.keep("choices"):
            return self.overtaken()
        if self.request.POST.get("action") != "confirm":
            return redirect("areas_upload_preview", self.upload.pk)
        try:
            seen = self.request.POST.get("seen", "")
            saved = confirm(self.upload, seen, lambda: plan_of(self.upload), self.request.user)
        except Overtaken:
            messages.warning(self.request, CHANGED)
            return redirect("areas_upload_preview", self.upload.pk)
        if not saved:
            return self.overtaken()
        count = "Ein Umriss ist" if len(saved) == 1 else f"{len(saved)} Umrisse sind"
        messages.success(self.request, f"{count} aus „{self.upload.file_name}“ übernommen.")
        return redirect(LIST)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        plan = make_plan(self.upload.features, self.upload.mapped, self.choices, self.areas)
        form = context["form"]
        rows = [(row, form[f"area_{row.number}"], form[f"repair_{row.number}"]) for row in plan.rows]
        counts = {state: plan.count(state) for state in ("ready", "unchanged", "left_out", "problem")}
        return context | {"plan": plan, "rows": rows, "counts": counts}


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget an upload that is not wanted any more."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    upload = get_object_or_404(OutlineUpload.objects.visible_to(request.user).unfinished(), pk=pk)
    upload.delete()
    messages.success(request, f"„{upload.file_name}“ ist verworfen.")
    return redirect("areas_upload")


def next_step(upload: OutlineUpload, after: int = 1) -> str:
    """Return the address of the first step behind `after` that is needed."""
    if upload.features is None:
        name = "areas_upload_source"
    elif upload.mapping is None or after < 3:
        name = "areas_upload_mapping"
    else:
        name = "areas_upload_preview"
    return reverse(name, args=[upload.pk])


def steps(upload: OutlineUpload | None, current: int) -> list[dict]:
    """Return the steps as {"label", "url" (empty where it cannot be gone to), "is_current"}."""
    urls = ["", "", "", ""]
    if upload is not None:
        reachable = [True, upload.features is not None, upload.mapping is not None]
        names = ["areas_upload_source", "areas_upload_mapping", "areas_upload_preview"]
        urls[0] = reverse("areas_upload")
        urls[1:] = [reverse(n, args=[upload.pk]) if can else "" for n, can in zip(names, reachable, strict=True)]
    labels = ["Datei", "Ebene und Koordinaten", "Zuordnung", "Vorschau"]
    return [
        {"label": label, "url": "" if number == current else url, "is_current": number == current}
        for number, (label, url) in enumerate(zip(labels, urls, strict=True), start=1)
    ]
