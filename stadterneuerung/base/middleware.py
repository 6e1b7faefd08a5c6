"""What every request passes; each class one concern."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import get_language_from_path
from wagtail.models import Page, Site

from stadterneuerung.base.log_filter import has_secret
from stadterneuerung.base.models.records import Tombstone
from stadterneuerung.base.publication import PublicationError

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    )
)


class MalformedRequestMiddleware(MiddlewareMixin):
    """Answer 400 to what no parser understands, where Django would answer 500."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponse("Ungültige Anfrage.", status=400, content_type="text/plain; charset=utf-8")
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
            return HttpResponse("Die Anfrage ist zu groß.", status=413, content_type="text/plain; charset=utf-8")
        if isinstance(exception, BadRequest):
            return HttpResponse("Ungültige Anfrage.", status=400, content_type="text/plain; charset=utf-8")
        return None


class SecurityHeadersMiddleware(MiddlewareMixin):
    """Headers that neither Django nor the CSP package sets."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class SecretPathMiddleware(MiddlewareMixin):
    """Seal every answer at an address that holds a secret, also a refusal, a redirect, an error.

    No answer may be kept, indexed, or handed on by a referrer. It stands outside of whatever sets these headers.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if has_secret(request.path):
            response["Cache-Control"] = "private, no-store"
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex, nofollow"
        return response


class PathLocaleMiddleware(MiddlewareMixin):
    """Take the language from the path alone: no cookie, no Accept-Language, so one address is one document."""

    def process_request(self, request: HttpRequest) -> None:
        language = get_language_from_path(request.path_info)
        # A language without pages of its own would show German ones under its name.
        if language and not any(root.language_code == language for root in Site.get_site_root_paths()):
            language = None
        translation.activate(language or settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.headers.setdefault("Content-Language", translation.get_language() or "de")
        return response


class TombstoneMiddleware(MiddlewareMixin):
    """Say 410 and where to go for a page that was deleted on purpose."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404 or len(request.path) > 500:
            return response
        path = request.path if request.path.endswith("/") else f"{request.path}/"
        tombstone = Tombstone.objects.select_related("successor").filter(path=path).first()
        if tombstone is None:
            return response
        return render(request, "410.html", {"tombstone": tombstone}, status=410)


class PublicationErrorMiddleware(MiddlewareMixin):
    """Turn the refusal to publish into a message on the page's edit view.

    Bulk publishing, approving, scheduling and reverting go past the page form; without this they would end in a 500.
    """

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, PublicationError) or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        page = exception.page
        reasons = " ".join(exception.sentences())
        messages.error(request, f"„{page.title}“ wurde nicht veröffentlicht. {reasons}")
        if page.pk is None:
            return redirect("wagtailadmin_explore_root")
        return redirect("wagtailadmin_pages:edit", page.pk)


class AutosaveRaceMiddleware(MiddlewareMixin):
    """Lead to the draft when a new page was saved in the background at the very moment somebody published it.

    Both want the same address below the same page; the second one would end in a 500.
    """

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.view_name != "wagtailadmin_pages:add" or not isinstance(exception, ValidationError):
            return None
        parent = Page.objects.filter(pk=match.kwargs["parent_page_id"]).first()
        draft = parent and parent.get_children().filter(slug=request.POST.get("slug"), live=False).first()
        if "slug" not in getattr(exception, "error_dict", {}) or draft is None:
            return None
        messages.warning(
            request,
            f"„{draft.title}“ wurde gerade im Hintergrund als Entwurf gespeichert und ist noch nicht veröffentlicht. "
            "Bitte prüfen Sie den Entwurf und veröffentlichen Sie ihn hier.",
        )
        return redirect("wagtailadmin_pages:edit", draft.pk)
