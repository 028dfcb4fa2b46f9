"""The addresses of the site; ``/healthz`` is answered before any of them (config/health.py)."""

from django.contrib import admin
from django.urls import include, path

from timeline.admin.read_date import read_date

urlpatterns = [
    path("", include("timeline.views.urls")),
    path("admin/", include("timeline.views.preview_urls")),
    path("admin/read-date/", read_date, name="read_date"),
    path("admin/", admin.site.urls),
]

handler400 = "config.uploads.bad_request"
