"""The log of changes: what was added, corrected and withdrawn, as a page and as a feed."""

import re
from datetime import UTC, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from timeline.chronology.log import log
from timeline.revisions.moments import moment_of, moment_text
from timeline.views.canonical import elsewhere
from timeline.views.keeping import kept

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no character of XML 1.0
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # when an empty feed was changed


@require_safe
@kept
def changes(request: HttpRequest) -> HttpResponse:
    """The latest acts; ``?before=`` continues."""
    text = request.GET.get("before", "")
    before = _moment(text) if text else None
    query = f"?before={text}" if text else ""
    if there := elsewhere(request, query):
        return there
    found = log(before)
    return render(
        request,
        "changes.html",
        {
            "acts": [(act, moment_text(act.moment)) for act in found.acts],
            "earlier": moment_text(found.earlier) if found.earlier else "",
            "query": query,
        },
    )


@require_safe
@kept
def feed(request: HttpRequest) -> HttpResponse:
    """The same as Atom (RFC 4287)."""
    acts = log().acts
    context = {
        "acts": [(act, moment_text(act.moment), _page_of(act.moment)) for act in acts],
        "updated": acts[0].moment if acts else NEVER,
        "host": request.get_host().partition(":")[0],
        "site": request.build_absolute_uri("/")[:-1],
    }
    text = CONTROLS.sub("", render_to_string("changes.atom", context, request))
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _moment(text: str) -> datetime:
    moment = moment_of(text)
    if moment is None:
        raise Http404(gettext("This list has no such page."))
    return moment


def _page_of(moment: datetime) -> str:
    """The address of the page that begins with the act of ``moment``."""
    later = moment + timedelta(microseconds=1)
    return f"{reverse('changes')}?before={moment_text(later)}#act-{moment_text(moment)}"
