"""What the pages of doubles have in common."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from timeline.models import Twofold

LIST = {Twofold.EVENT.value: "admin:doubles_events", Twofold.ACTOR.value: "admin:doubles_actors"}


def page(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of the admin."""
    request.current_app = admin.site.name
    shown = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, f"admin/doubles/{template}", shown, status=status)


def user_of(request: HttpRequest) -> Any:
    """Who asks, for the history."""
    return request.user if request.user.is_authenticated else None


def number_in(text: str | None) -> int | None:
    """The primary key that somebody wrote; None for anything else."""
    if text is None or not (text.isascii() and text.isdigit()) or len(text) > 18:
        return None
    return int(text)
