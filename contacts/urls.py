"""Addresses of the citizen's own page. They hold for questions and reports of barriers, in every language."""

from django.urls import path

from contacts import views

urlpatterns = [
    path("vorgang/geloescht/", views.withdrawn, name="status_withdrawn"),
    path("vorgang/<str:token>/", views.status_page, name="status_page"),
    path("vorgang/<str:token>/zurueckziehen/", views.withdraw_page, name="status_withdraw"),
    path("vorgang/<str:token>/neuer-link/", views.renew_link, name="status_renew"),
]
