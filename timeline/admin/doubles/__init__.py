"""Doubles in the admin: the lists, the comparison of two, the merge, and the way back."""

from typing import cast

from django.contrib import admin

from accounts.site import EditorsSite
from timeline.admin.doubles.comparing import compare
from timeline.admin.doubles.lists import actors, events
from timeline.admin.doubles.undoing import merges, undo_merge

__all__ = ["actors", "compare", "events", "merges", "undo_merge"]

site = cast("EditorsSite", admin.site)
site.add_page("doubles/events/", events, "doubles_events")
site.add_page("doubles/actors/", actors, "doubles_actors")
site.add_page("doubles/merges/", merges, "doubles_merges")
site.add_page("doubles/merges/<int:number>/undo/", undo_merge, "doubles_undo")
site.add_page("doubles/<str:kind>/<int:kept>/<int:gone>/", compare, "doubles_merge")
