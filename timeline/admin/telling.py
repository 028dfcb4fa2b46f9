"""Telling an editor what became of the quotes when a text was stored."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.admin.emendations import EmendationFormSet
from timeline.texts import Became


def tell_what_became(request: HttpRequest, opts: Any, formset: EmendationFormSet) -> None:
    """Say what happened to the quotes; lost ones are linked for repair."""
    outcome = formset.reanchoring
    if outcome is None:
        return
    repaired = len(outcome.those(Became.REPAIRED))
    moved = len(outcome.moved) - repaired
    if outcome.found or moved or repaired:
        told = _("Quotes looked up anew: %(found)s where they were, %(moved)s moved.")
        told %= {"found": outcome.found, "moved": moved}
        if repaired:
            told += " " + ngettext(
                "%(number)s was given other words.", "%(number)s were given other words.", repaired
            ) % {"number": repaired}
        messages.success(request, told)
    if outcome.lost:
        number = len(outcome.lost)
        words = ngettext(
            "%(number)s quote is lost: its words are no longer in the text.",
            "%(number)s quotes are lost: their words are no longer in the text.",
            number,
        ) % {"number": number}
        url = reverse(f"admin:{opts.app_label}_{opts.model_name}_lost", args=[formset.instance.pk])
        link = format_html('<a href="{}">{}</a>', url, _("Repair them"))
        messages.warning(request, format_html("{} {}", words, link))
