"""`/foerderung/adresse-pruefen/`: does a house lie in one of the areas, and what could that mean?

The address travels in the body of a POST and comes back in the answer, and nowhere else: no address bar, no log, no
cache, no cookie, no table.
"""

from http import HTTPMethod
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from areas import grid, lookup
from areas.lookup import Found, Outcome, Place
from areas.models import Address, AddressDelivery
from areas.nearby import outlines_in
from areas.place_map import of_square
from kataster.address_check import answer, not_found
from kataster.forms import AddressForm
from stadterneuerung.base.dates import today
from stadterneuerung.base.http import UnreadableForm, posted_form, public_post
from stadterneuerung.base.models import BasePage
from stadterneuerung.base.pictures import Picture

MOST_EXAMPLES = 12  # addresses that are offered while only a selection for showing is there


class AddressCheckPage(RoutablePageMixin, BasePage):
    """One field, one answer; the Planquadrate are the way for whoever has no address."""

    allowed_http_methods = [*BasePage.allowed_http_methods, HTTPMethod.POST]
    parent_page_types = ["projects.FundingIndexPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    kicker = gettext_lazy("Förderung")

    class Meta:
        verbose_name = "Adresse prüfen"

    @property
    def picture(self) -> Picture:
        return Picture("locator", {"name": str(_("Stadtgebiet Dortmund")), "official": True})

    # --- Answers --------------------------------------------------------------------------------------------------
    def refuse(self, request: HttpRequest) -> HttpResponse:
        """Answer a POST that did not come from this site: the form again, filled in, to be sent from here."""
        problem = {
            "title": _("Die Adresse ist noch nicht geprüft"),
            "text": _(
                "Ihr Browser hat nicht bestätigt, dass die Eingabe von dieser Seite kommt. Bitte senden Sie sie hier "
                "noch einmal ab."
            ),
        }
        try:
            form = AddressForm(initial={"adresse": posted_form(request).get("adresse", "")})
        except UnreadableForm:
            form = AddressForm()
        return self.respond(request, status=403, form=form, problem=problem)

    @public_post(refused=refuse)
    def serve_check(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return self.respond(request)
        try:
            data = posted_form(request)
        except UnreadableForm as error:
            problem = {
                "title": _("Das konnten wir nicht lesen"),
                "text": _("Bitte geben Sie nur Straße und Hausnummer ein."),
            }
            return self.respond(request, status=error.status, problem=problem)
        if "feld" in data:
            return self.check_square(request, data["feld"])
        if "planquadrate" in data:
            return self.respond(request, grid=grid.rows())
        form = AddressForm(data)
        if not form.is_valid():
            return self.respond(request, status=422, form=form)
        found = lookup.find(form.cleaned_data["adresse"])
        if found.outcome == Outcome.FOUND:
            return self.respond(request, form=form, answer=answer(found.place, self.locale_id))
        return self.respond(request, form=form, found=found, sentence=not_found(found), examples=self.examples())

    def check_square(self, request: HttpRequest, key: str) -> HttpResponse:
        """Answer for a field of half a kilometre; a whole square is shown larger first, to choose a field in it."""
        square = grid.find_square(key.strip().upper()[:8])
        if square is None:
            problem = {
                "title": _("Dieses Planquadrat gibt es nicht"),
                "text": _("Bitte wählen Sie eines auf der Karte."),
            }
            return self.respond(request, status=422, problem=problem, grid=grid.rows())
        if "-" not in square.key:
            outlines = outlines_in(square.x, square.y, square.side, self.locale_id)
            picture = of_square(square.x, square.y, square.side, outlines)
            symbols = [(area.name, area.kind) for area in picture.areas]
            return self.respond(request, square=square, square_map=picture, symbols=symbols)
        label = _("Planquadrat %(key)s (Nähe %(near)s)") % {"key": square.key, "near": square.near}
        place = Place(label, square.place.points, square.place.accuracy_m)
        return self.respond(request, answer=answer(place, self.locale_id), is_pointed=True)

    @path("")
    def index_route(self, request: HttpRequest) -> HttpResponse:
        return self.serve_check(request)

    def refuse_suggestions(self, request: HttpRequest) -> HttpResponse:
        return JsonResponse({"vorschlaege": []}, status=403)

    @public_post(refused=refuse_suggestions)
    def serve_suggestions(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            typed = posted_form(request).get("adresse", "")
        except UnreadableForm as error:
            return JsonResponse({"vorschlaege": []}, status=error.status)
        response = JsonResponse({"vorschlaege": lookup.suggest(typed)})
        response["Cache-Control"] = "private, no-store"
        return response

    @path("vorschlaege/", name="suggestions")
    def suggestions(self, request: HttpRequest) -> HttpResponse:
        return self.serve_suggestions(request)

    # --- What the template needs ------------------------------------------------------------------------------------
    def respond(self, request: HttpRequest, *, status: int = 200, form: AddressForm | None = None, **context: Any):
        found: Found | None = context.get("found")
        overrides = {"form": form or AddressForm(), "day": today(), "delivery": AddressDelivery.objects.first()}
        if found is None and request.method != "POST":
            overrides["examples"] = self.examples()
        response = self.render(request, context_overrides=overrides | context)
        response.status_code = status
        if request.method == "POST":
            response["Cache-Control"] = "private, no-store"
        return response

    def examples(self) -> list[Address]:
        """The addresses that can be tried while only a selection for showing is there."""
        return list(
            Address.objects.filter(delivery__kind=AddressDelivery.Kind.DEMO)
            .select_related("street")
            .order_by("street__name", "number", "suffix")[:MOST_EXAMPLES]
        )
