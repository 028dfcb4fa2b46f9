"""Sources."""

from django.contrib import admin

from timeline.admin.editing import EditorAdmin
from timeline.models import Source


@admin.register(Source)
class SourceAdmin(EditorAdmin):
    """Editing sources."""

    list_display = ["title", "type", "status"]
    search_fields = ["title", "slug", "container_title"]
