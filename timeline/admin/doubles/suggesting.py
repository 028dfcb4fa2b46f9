"""Where things are edited: likely doubles are told, and several are merged from a list."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import Actor
from timeline import index
from timeline.admin.doubles.comparing import MOST_IN_A_ROW, address, in_rank
from timeline.admin.doubles.rights import may_merge
from timeline.admin.typed import ModelAdmin
from timeline.doubles import Pair, actors_like, events_like
from timeline.models import Event, Twofold

MERGE = "merge_selected"


def kind_of(thing: Any) -> str:
    """What a thing is called where doubles are told."""
    return (Twofold.EVENT if isinstance(thing, Event) else Twofold.ACTOR).value


def doubles_of(thing: Any) -> list[Pair]:
    """The likely doubles of a stored entry or actor."""
    if isinstance(thing, Event):
        return events_like(thing)
    index.version()  # names that have just been written count, too
    return actors_like(thing)


class Doubled(ModelAdmin):
    """An admin of what may be there twice."""

    class Media:
        css = {"all": ["css/admin-doubles.css"]}

    def get_actions(self, request: HttpRequest) -> Any:
        """Django's, and the merge for those who may."""
        actions: Any = super().get_actions(request)
        kind = Twofold.EVENT if self.model is Event else Twofold.ACTOR
        if actions and may_merge(request, kind.value):
            actions[MERGE] = (merge_selected, MERGE, gettext_lazy("Merge…"))
        return actions

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Django's; tells that what was added is likely there already."""
        if found := doubles_of(obj):
            messages.warning(request, _told(obj, found[0]))
        return super().response_add(request, obj, *args, **kwargs)


def _told(thing: Any, pair: Pair) -> Any:
    key = pair.second if pair.first == thing.pk else pair.first
    other = type(thing)._default_manager.get(pk=key)
    words = _("This may be there already: “{}”. {}")
    kept, gone = in_rank([thing, other])
    link = format_html(
        '<a href="{}">{}</a>',
        address(kind_of(thing), kept.pk, gone.pk, []),
        _("Compare the two"),
    )
    return format_html(words, other, link)


def merge_selected(
    _admin: Any, request: HttpRequest, chosen: "QuerySet[Actor | Event]"
) -> HttpResponse | None:
    """Begin to merge those that are chosen, two by two."""
    things = list(chosen[: MOST_IN_A_ROW + 1])
    if not 2 <= len(things) <= MOST_IN_A_ROW:
        told = _("Choose from two to %s to be merged.") % MOST_IN_A_ROW
        messages.error(request, told)
        return None
    kept, gone, *more = [thing.pk for thing in in_rank(things)]
    return HttpResponseRedirect(address(kind_of(things[0]), kept, gone, more))
