"""Sources: bibliographic data, the text as received, and how it is read."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from timeline import texts
from timeline.admin import csv_tables, slugs
from timeline.admin.bulk_edits import OF_SOURCES
from timeline.admin.citing import CitingViews
from timeline.admin.dates import in_words
from timeline.admin.editing import EditorAdmin
from timeline.admin.emendations import EmendationInline
from timeline.admin.listing import count_quotes
from timeline.admin.lost_claims import LostClaims
from timeline.admin.replacing import Replacing
from timeline.admin.source_form import TEXT_FIELDS, SourceForm
from timeline.admin.status_form import ToldOfStatus
from timeline.models import Passage, Source, SourceText, Status

TEXT_HELP = _(
    "The text is kept as received. Where it needs a correction, emend it below; to replace it by "
    "another version, give that one. You are shown what becomes of the quotes before it is stored."
)


@admin.register(Source)
class SourceAdmin(Replacing, LostClaims, CitingViews, ToldOfStatus, EditorAdmin):
    """Editing sources."""

    form = SourceForm
    inlines = [EmendationInline]
    readonly_fields = ["received", "as_read"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "status", "type", "author", "issued"]}),
        (_("Where it was published"), {"fields": [
            "container_title", "publisher", ("volume", "issue", "page"), "genre", "language",
            "doi", "url", "note",
        ]}),
        (_("Text"), {"fields": ["received", *TEXT_FIELDS], "description": TEXT_HELP}),
        (_("As read"), {"fields": ["as_read"], "classes": ["collapse"]}),
    ]  # fmt: skip
    list_display = ["title", "type", "issued_in_words", "status", "quotes", "cite_link", "on_site"]
    list_filter = ["status", "type", "language"]
    search_fields = ["title", "slug", "container_title", "author"]
    actions = [*OF_SOURCES]
    csv_columns = csv_tables.SOURCE
    search_help_text = _("Title, author, journal or site, id.")

    def complete(self, rows: list[Any]) -> None:
        """Count the quotes."""
        count_quotes(rows, "source")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save, and warn when an address that readers know has changed."""
        old = form.old_slug()
        super().save_model(request, obj, form, change)
        if old and obj.status == Status.PUBLISHED:
            messages.warning(request, slugs.warning(old, obj.slug))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The history, with what became of the quotes when the text was replaced."""
        response = super().history_view(request, object_id, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data is not None:
            moments = [act.moment for act, _moment in response.context_data["acts"]]
            source = response.context_data["object"]
            response.context_data["became"] = texts.told(source, moments)
        return response

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Passages go with their source, though nobody deletes one by hand."""
        deleted, numbers, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, numbers, lacking - {Passage._meta.verbose_name}, protected

    class Media:
        css = {"all": ["css/admin-texts.css"]}

    @admin.display(description=_("issued"), ordering="issued")
    def issued_in_words(self, source: Source) -> str:
        said = in_words(source.issued) if source.issued else None
        return said.words if said else ""

    @admin.display(description=_("quotes"))
    def quotes(self, source: Any) -> int:
        return int(source.quote_count)

    @admin.display(description=_("text as received"))
    def received(self, source: Source) -> SafeString | str:
        """The stored text with its hash, to be opened."""
        text = SourceText.objects.filter(source=source.pk).first() if source.pk else None
        if text is None:
            return str(_("none yet"))
        return render_to_string("admin/widgets/received.html", {"text": text})

    @admin.display(description=_("passages"))
    def as_read(self, source: Source) -> SafeString | str:
        """The passages that claims quote."""
        passages = list(source.passages.order_by("ordinal")) if source.pk else []
        return render_to_string("admin/widgets/passages.html", {"passages": passages})
