"""Pages by number, for lists that have an order of names and no place in time."""

import re
from collections.abc import Sequence
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext

NUMBER = re.compile(r"[1-9][0-9]{0,8}")


def page_of(request: HttpRequest, rows: "QuerySet[Any] | Sequence[Any]", size: int) -> "Page[Any]":
    """The page of ``rows`` that ``?page=`` names, the first if it is not there.

    Raises Http404 for anything that is the number of no page.
    """
    wanted = request.GET.get("page", "1")
    try:
        if not NUMBER.fullmatch(wanted):
            raise EmptyPage
        return Paginator(rows, size).page(int(wanted))
    except EmptyPage:
        raise Http404(gettext("This list has no such page.")) from None
