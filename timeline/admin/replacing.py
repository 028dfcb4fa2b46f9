"""Saving a source whose text moves or loses quotes: first a look at what becomes of them.

The form is saved as any form is, in a transaction; when it shows that quotes move or are lost, all
is taken back, what was posted waits (``timeline.admin.waiting``), and a page tells what would be.
Storing from there posts it again, with the repairs that were chosen: one act.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from timeline import texts
from timeline.admin.emendations import EmendationFormSet
from timeline.admin.repairs import chosen, repair_forms
from timeline.admin.telling import tell_what_became
from timeline.admin.typed import ModelAdmin
from timeline.admin.waiting import keep, post_again, reason_of, spec_of
from timeline.citing import Place
from timeline.models import Claim, Event, Status, WaitingText
from timeline.readings import ReadingError
from timeline.texts import Became, Reanchoring

MOST_SHOWN = 50
STORE, BACK = "_store", "_back"
DRAFTS = "make_drafts"


class LookFirstError(Exception):
    """Raised to take back what was saved: the editor has to see what becomes of the quotes."""

    def __init__(self, formset: EmendationFormSet) -> None:
        super().__init__()
        self.formset = formset


@dataclass(frozen=True, slots=True)
class Decided:
    """What the editor decided after the look."""

    repairs: Mapping[int, Place] = field(default_factory=dict)
    drafts: tuple[Event, ...] = ()


class Replacing(ModelAdmin):
    """An admin of sources that asks before quotes move or are lost."""

    def get_urls(self) -> list[URLPattern]:
        """Django's, and the page that tells what becomes of the quotes."""
        view = self.admin_site.admin_view(self.text_view)
        name = "timeline_source_text"
        return [path("<int:source>/text/<int:waiting>/", view, name=name), *super().get_urls()]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Django's; what the editor has to see first is not saved but shown."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except LookFirstError as look:
            list(messages.get_messages(request))  # they tell of what was taken back
            waiting = keep(request, look.formset)
            name = "admin:timeline_source_text"
            return HttpResponseRedirect(reverse(name, args=[waiting.source_id, waiting.pk]))

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The form, told whether it is only given back."""
        form: Any = super().get_form(request, *args, **kwargs)
        form.given_back = getattr(request, "given_back", False)
        return form

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001
        """Store the text with its emendations, unless the editor has to look first."""
        decided: Decided | None = getattr(request, "decided", None)
        if isinstance(formset, EmendationFormSet) and decided:
            formset.repairs = decided.repairs
        super().save_formset(request, form, formset, change)
        if not isinstance(formset, EmendationFormSet) or formset.reanchoring is None:
            return
        if decided is None and is_news(formset.reanchoring):
            raise LookFirstError(formset)
        for event in decided.drafts if decided else ():
            event.status = Status.DRAFT
            event.save()
        tell_what_became(request, self.opts, formset)

    def text_view(self, request: HttpRequest, source: int, waiting: int) -> HttpResponse:
        """What becomes of the quotes, and what to do; ``_back`` gives the form back."""
        waits = WaitingText.objects.filter(
            pk=waiting, source=source, editor=request.user.pk
        ).select_related("source")
        text = waits.first()
        if text is None:
            raise Http404
        if not self.has_change_permission(request, text.source):
            raise PermissionDenied
        if BACK in request.POST:
            return self._post_again(request, text, given_back=True)
        try:
            became = texts.foresee(text.source, text.raw, spec_of(text))
        except ReadingError:  # only where the rules of reading have changed since
            return self._post_again(request, text, given_back=True)
        return Look(self, request, text, became).answer()

    def _post_again(
        self,
        request: HttpRequest,
        text: WaitingText,
        decided: Decided | None = None,
        *,
        given_back: bool = False,
    ) -> HttpResponse:
        post_again(request, text)
        request.decided = decided  # type: ignore[attr-defined]  # for save_formset
        request.given_back = given_back  # type: ignore[attr-defined]  # for get_form
        url = reverse("admin:timeline_source_change", args=[text.source_id])
        request.path = url  # where Django leads back to: this page is gone once the text is stored
        response: HttpResponse = self.changeform_view(request, str(text.source_id), url)
        if isinstance(response, HttpResponseRedirect):
            text.delete()
        return response


class Look:
    """The page that tells what becomes of the quotes, once."""

    def __init__(
        self, owner: Replacing, request: HttpRequest, text: WaitingText, became: Reanchoring
    ) -> None:
        self.owner, self.request, self.text, self.became = owner, request, text, became
        lost = became.those(Became.LOST)
        self.forms, self.not_theirs = repair_forms(request, became, lost[:MOST_SHOWN])
        self.more_lost = max(0, len(lost) - MOST_SHOWN)
        self.unquoted = texts.unquoted_without(became.newly_lost)
        self.error = ""

    def answer(self) -> HttpResponse:
        """Store what was decided, or show the page; with what is wrong, if anything is."""
        if STORE in self.request.POST and all(form.is_valid() for form in self.forms):
            repairs = chosen(self.forms)
            lost = [one for one in self.became.newly_lost if one.claim not in repairs]
            bare = texts.unquoted_without(lost)
            if not bare or self._may_draft(bare):
                decided = Decided(repairs, tuple(bare))
                return self.owner._post_again(self.request, self.text, decided)
            self.error = _(
                "With this text these published entries would quote nothing any more: %(events)s. "
                "Choose other words for their quotes, or make them drafts."
            ) % {"events": ", ".join(event.slug for event in bare)}
        return self._page()

    def _may_draft(self, events: list[Event]) -> bool:
        return DRAFTS in self.request.POST and all(map(self._may_change, events))

    def _may_change(self, event: Event) -> bool:
        events: Any = self.owner.admin_site.get_model_admin(Event)
        return bool(events.has_change_permission(self.request, event))

    def _page(self) -> HttpResponse:
        source = self.text.source
        changed = self.became.those(Became.MOVED, Became.REWORDED, Became.FOUND)
        events = {
            claim.pk: claim.event
            for claim in Claim.objects.filter(
                pk__in=[one.claim for one in changed[:MOST_SHOWN]]
            ).select_related("event")
        }
        context = {
            **self.owner.admin_site.each_context(self.request),
            "title": _("What becomes of the quotes"),
            "opts": self.owner.opts,
            "object": source,
            "media": self.owner.media,
            "became": self.became,
            "counts": counts(self.became),
            "changed": [
                (one, events[one.claim], self.became.beside_now(one))
                for one in changed[:MOST_SHOWN]
            ],
            "more_changed": max(0, len(changed) - MOST_SHOWN),
            "forms": self.forms,
            "not_theirs": self.not_theirs,
            "more_lost": self.more_lost,
            "unquoted": self.unquoted,
            "may_draft": all(map(self._may_change, self.unquoted)),
            "drafts": DRAFTS in self.request.POST,
            "error": self.error,
            "reason": self.request.POST.get("change_reason", reason_of(self.text)),
        }
        self.request.current_app = self.owner.admin_site.name
        return TemplateResponse(self.request, "admin/source_text.html", context)


def is_news(became: Reanchoring) -> bool:
    """Whether the editor has to see it: quotes that move or are lost, or are there again."""
    return bool(became.moved or became.newly_lost)


def counts(became: Reanchoring) -> dict[str, int]:
    """How many quotes there are of each kind."""
    return {kind.name.lower(): len(became.those(kind)) for kind in Became}
