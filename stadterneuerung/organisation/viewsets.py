"""Lists of records in the admin that two people may have open at once."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from stadterneuerung.organisation.editing import SeenForm


class SeenEditView(EditView):
    """Looks and saves in one act. Whoever edits what was deleted meanwhile is taken back to the list."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        try:
            super().setup(request, *args, **kwargs)
        except Http404:
            self.object = None

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.object is None:
            return self._gone(request)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        with transaction.atomic():
            try:
                self.object = self.get_object(self.get_queryset().select_for_update())
            except Http404:
                return self._gone(request)
            return super().post(request, *args, **kwargs)

    def _gone(self, request: HttpRequest) -> HttpResponse:
        messages.error(request, "Diesen Eintrag gibt es nicht mehr. Gespeichert wurde nichts.")
        return redirect(self.index_url_name)


class SeenViewSet(SnippetViewSet):
    """A list whose records are edited with `SeenForm`, or with the model's own form, which builds on it."""

    edit_view_class = SeenEditView

    def get_edit_handler(self):
        handler = super().get_edit_handler()
        handler.base_form_class = getattr(self.model, "base_form_class", SeenForm)
        return handler
