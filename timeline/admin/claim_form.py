"""The form of a claim: the quote is looked up in its source, and its place is found for the editor.

What is kept is the source's own characters. The words around a quote are only asked for where it
stands more than once, and serve to choose.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timeline import texts
from timeline.admin.quotes import QuoteInput, choices
from timeline.admin.typed import ModelForm
from timeline.anchors import Quote
from timeline.citing import CitableText, CitationError, Place
from timeline.models import Claim, Passage, Source, claim_slug

PLACING = {"source", "passage", "quote", "prefix_words", "suffix_words"}


class Texts(dict[int, CitableText]):
    """The texts of the sources that one page quotes, each read once."""

    def of(self, source: Source) -> CitableText:
        """The source's text, ready to place quotes in."""
        if source.pk not in self:
            self[source.pk] = texts.citable(source)
        return self[source.pk]


class ClaimForm(ModelForm):
    """A claim of any event; ``texts`` may be shared by the forms of one page."""

    prefix_words = forms.CharField(
        label=_("Words before"),
        required=False,
        help_text=_("Only where the quote stands more than once."),
    )
    suffix_words = forms.CharField(
        label=_("Words after"),
        required=False,
        help_text=_("Only where the quote stands more than once."),
    )

    class Meta:
        model = Claim
        fields = ["source", "passage", "quote", "stance", "date", "attributed_to", "note"]
        widgets = {
            "quote": QuoteInput(attrs={"rows": 3, "class": "vLargeTextField"}),
            "note": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        }

    def __init__(self, *args: Any, texts: Texts | None = None, **kwargs: Any) -> None:
        self.texts = Texts() if texts is None else texts
        super().__init__(*args, **kwargs)
        if "passage" in self.fields:
            self.fields["passage"].required = False
            self.fields["passage"].help_text = _("May stay empty: the quote is looked up.")
        if self.instance.pk and not self.instance.lost:
            around = self._context(self.instance.source, self._standing())
            self.initial.update(zip(("prefix_words", "suffix_words"), around, strict=True))

    def clean(self) -> dict[str, Any]:
        """Place the quote, or say beside it why that cannot be done."""
        given = super().clean() or self.cleaned_data
        if not given.get("source") or not given.get("quote"):
            return given
        if self.instance.pk and not self.instance.lost and not self._placed_anew():
            return given
        try:
            place = self._place(given["source"])
        except CitationError as error:
            self._explain(error, given["source"])
        else:
            self._keep(place, given)
        return given

    def _post_clean(self) -> None:
        # The model's own check of a quote would only repeat what is beside it already.
        if not self.has_error("quote") and not self.has_error("source"):
            super()._post_clean()  # type: ignore[misc]  # Django's stubs leave it out

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002  Django's signature
        """Save the claim; a new one gets its id and stands last in its event."""
        claim = self.instance
        if not claim.slug:
            claim.slug = self._free_slug()
            claim.ordinal = claim.event.claims.count() + 1
        return super().save(commit)

    def _placed_anew(self) -> bool:
        return bool(PLACING & set(self.changed_data))

    def _place(self, source: Source) -> Place:
        given = self.cleaned_data
        passage: Passage | None = given.get("passage")
        if passage and passage.source_id != source.pk:
            if "passage" in self.changed_data:
                self.add_error("passage", _("This passage is of another source."))
            passage = None
        quote = Quote(given["quote"], self._around("prefix_words"), self._around("suffix_words"))
        return self.texts.of(source).place(quote, *self._hint(passage))

    def _hint(self, passage: Passage | None) -> tuple[int | None, int | None]:
        """The paragraph and the position that choose where the words stand more than once."""
        start = self.instance.start if self._may_stay(passage) else None
        return passage.ordinal if passage else None, start

    def _around(self, name: str) -> str:
        """The words around; those shown for the old quote are not said of a new one."""
        stale = "quote" in self.changed_data and name not in self.changed_data
        return "" if stale else str(self.cleaned_data.get(name, ""))

    def _may_stay(self, passage: Passage | None) -> bool:
        """Whether the old position may choose among several: nothing else was said."""
        said = (PLACING - {"quote"}) & set(self.changed_data)
        return bool(passage and self.instance.pk and not self.instance.lost and not said)

    def _keep(self, place: Place, given: dict[str, Any]) -> None:
        chosen: Passage | None = given.get("passage")
        passage = given["source"].passages.get(ordinal=place.ordinal)
        if chosen and "passage" in self.changed_data and chosen != passage:
            self.add_error(
                "passage",
                _("The quote stands in paragraph %s. Choose that one, or leave this empty.")
                % place.ordinal,
            )
            return
        given["passage"], given["quote"] = passage, place.quote
        self.instance.start, self.instance.end = place.start, place.end
        self.instance.lost = False

    def _explain(self, error: CitationError, source: Source) -> None:
        self.add_error("quote", str(error))
        widget = self.fields["quote"].widget
        widget.near = error.near
        widget.choices = choices(self.texts.of(source), error.places)

    def _standing(self) -> Place:
        claim = self.instance
        return Place(claim.passage.ordinal, claim.start, claim.end, claim.quote)

    def _context(self, source: Source, place: Place) -> tuple[str, str]:
        try:
            return self.texts.of(source).context(place.ordinal, place.start, place.end)
        except ValueError:  # the quote cuts a word, as only a hand-written row can
            return "", ""

    def _free_slug(self) -> str:
        claim = self.instance
        place = self._standing()
        slug = claim_slug(claim.event.slug, claim.quote, *self._context(claim.source, place))
        number, free = 1, slug
        while Claim.objects.filter(slug=free).exists():
            number += 1
            free = f"{slug}-{number}"
        return free
