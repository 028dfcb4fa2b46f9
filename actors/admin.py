"""Editing actors, with their other names and their relations."""

from django.contrib import admin

from actors.models import Actor, Alias, Relation
from timeline.admin import csv_tables
from timeline.admin.dates import EDTF_WIDGETS
from timeline.admin.doubles.suggesting import Doubled
from timeline.admin.editing import EditorAdmin
from timeline.admin.rows import RowInline
from timeline.admin.slugs import SluggedForm


class ActorForm(SluggedForm):
    """An actor itself."""

    named_by = "name"


class AliasInline(RowInline):
    """Another name of an actor."""

    model = Alias
    fields = ["name", "kind", "period", "note"]
    formfield_overrides = EDTF_WIDGETS
    extra = 1


class RelationInline(RowInline):
    """What this actor is to another."""

    model = Relation
    fk_name = "actor"
    fields = ["kind", "other", "period", "note"]
    autocomplete_fields = ["other"]
    formfield_overrides = EDTF_WIDGETS
    extra = 1


@admin.register(Actor)
class ActorAdmin(Doubled, EditorAdmin):  # type: ignore[misc]  # Django joins both Media
    """Editing actors."""

    form = ActorForm
    fields = ["name", "slug", "kind", "description"]
    inlines = [AliasInline, RelationInline]
    list_display = ["name", "kind", "slug"]
    list_filter = ["kind"]
    search_fields = ["name", "aliases__name", "slug"]
    csv_columns = csv_tables.ACTOR
    csv_related = csv_tables.ACTOR_RELATED
