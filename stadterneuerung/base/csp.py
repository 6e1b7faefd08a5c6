"""One strict policy for the public site; the admin needs inline scripts and styles of Wagtail's own."""

from copy import deepcopy

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.urls import reverse


class SplitCSPMiddleware(CSPMiddleware):
    """Add 'unsafe-inline' for scripts and styles below the admin, its sign-in page excepted.

    Wagtail's date pickers and inline panels bring inline scripts. A nonce would switch 'unsafe-inline' off.
    """

    def process_response(self, request, response):
        admin = reverse("wagtailadmin_home")
        if request.path.startswith(admin) and request.path != reverse("wagtailadmin_login"):
            config = deepcopy(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])
            config["script-src"].append("'unsafe-inline'")
            config["style-src"].append("'unsafe-inline'")
            config["img-src"].append("blob:")
            response._csp_replace = config
        return super().process_response(request, response)
