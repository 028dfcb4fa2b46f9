"""The editors' admin: one page for each thing, every save one act of the history."""

from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from timeline.admin import acts, claim, doubles, event, imports, passage, source

__all__ = ["acts", "claim", "doubles", "event", "imports", "passage", "source"]

admin.site.site_header = settings.SITE_NAME
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = _("Editing")
