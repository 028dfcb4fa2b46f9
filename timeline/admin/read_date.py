"""What a date field shows while the editor types."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from timeline.admin.dates import SEEN, TypedDate, shown

LONGEST_NAME = 200


@never_cache
@require_GET
def read_date(request: HttpRequest) -> HttpResponse:
    """What is to be shown below the field ``name`` for ``text``, as a part of a page.

    Nothing is stored and nothing is read but these; still, it is for those who may edit.
    """
    if not admin.site.has_permission(request):
        raise PermissionDenied
    text = TypedDate(request.GET.get("text", ""))
    name = request.GET.get("name", "")[:LONGEST_NAME]
    context = {"shown": shown(text) if text.strip() else None, "seen_name": f"{name}{SEEN}"}
    return render(request, "admin/widgets/_date.html", context)
