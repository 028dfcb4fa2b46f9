"""Links from one page of the admin to another."""

from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

LONGEST = 100


def change_link(thing: Model) -> SafeString:
    """A link to the page where ``thing`` is edited, with its name, shortened."""
    meta = thing._meta
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[thing.pk])
    name = str(thing)
    shown = name if len(name) <= LONGEST else f"{name[:LONGEST]}…"
    return format_html('<a href="{}">{}</a>', url, shown)
