"""Composition only: each address belongs to a room or to Wagtail."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve as serve_page

from stadterneuerung.home import views
from stadterneuerung.home.share import share_image

# Pages need no CSRF cookie: BasePage takes no POST, and a page with a form is guarded by base.http.public_post.
page_urls = [
    *(url for url in wagtail_urls.urlpatterns if url.name != "wagtail_serve"),
    re_path(wagtail_urls.serve_pattern, csrf_exempt(serve_page), name="wagtail_serve"),
]

handler500 = "stadterneuerung.home.views.server_error"

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("dokumente/", include(wagtaildocs_urls)),
    path("media/images/<str:name>", views.rendition, name="rendition"),
    path("teilen/<int:page_id>-<slug:key>.png", share_image, name="share_image"),
    path("karte/", include("kataster.urls")),
    path("robots.txt", views.robots_txt, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path(".well-known/security.txt", views.security_txt, name="security"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("healthz", views.healthz, name="healthz"),
    *i18n_patterns(
        # Files that pages make, such as a calendar or a data set: Wagtail's pattern knows only what ends in a slash.
        re_path(r"^((?:[\w\-]+/)+[\w\-]+\.(?:csv|geojson|ics|json|jsonld|pdf|ttl))$", serve_page, name="page_file"),
        path("kontakt/", include("contacts.urls")),
        path("", include(page_urls)),
        prefix_default_language=False,
    ),
]
