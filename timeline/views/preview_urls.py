"""The addresses of previews, among those of the admin."""

from django.contrib import admin
from django.urls import path

from timeline.views.previews import preview_event, preview_source

urlpatterns = [
    path(
        "timeline/event/<int:key>/preview/",
        admin.site.admin_view(preview_event),
        name="preview-event",
    ),
    path(
        "timeline/source/<int:key>/preview/",
        admin.site.admin_view(preview_source),
        name="preview-source",
    ),
]
