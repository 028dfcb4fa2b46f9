"""What the pages of an import share: how they look, where they lead, what comes between."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timeline.admin.typed import ModelAdmin
from timeline.models import SeedImport
from timeline.seeds.proposing import NotPlannedError, OtherChoicesError

ELSEWHERE = _("This import was carried out or discarded meanwhile.")
OTHER_CHOICES = _("Other choices were made meanwhile. Look at what would happen now.")
BUSY = _("The database is busy or has no room: “%s”. Nothing was imported; try again.")


class Interrupted(Exception):  # noqa: N818  # nothing is wrong: it is told and one goes on
    """What was asked for cannot be done; the message has been told."""


class ImportPages(ModelAdmin):
    """Pages of an import."""

    class Media:
        css = {"all": ["css/admin.css", "css/admin-imports.css"]}

    @contextmanager
    def telling(self, request: HttpRequest) -> Iterator[None]:
        """Tells what came between; raises Interrupted then."""
        try:
            yield
        except NotPlannedError:
            messages.error(request, ELSEWHERE)
        except OtherChoicesError:
            messages.error(request, OTHER_CHOICES)
        except (DatabaseError, sqlite3.Error) as error:
            messages.error(request, BUSY % error)
        else:
            return
        raise Interrupted

    def elsewhere(self, request: HttpRequest, proposal: SeedImport | None) -> HttpResponse:
        messages.error(request, ELSEWHERE)
        return self.to("change", proposal) if proposal else self.to("changelist")

    def to(
        self, view: str, proposal: SeedImport | None = None, query: str = ""
    ) -> HttpResponseRedirect:
        url = reverse(f"admin:timeline_seedimport_{view}", args=[proposal.pk] if proposal else [])
        return HttpResponseRedirect(f"{url}?{query}" if query else url)

    def page(
        self,
        request: HttpRequest,
        proposal: SeedImport | None,
        template: str,
        context: dict[str, Any],
    ) -> HttpResponse:
        request.current_app = self.admin_site.name
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "proposal": proposal,
            "media": self.media,
        }
        return TemplateResponse(request, template, {**shared, **context})
