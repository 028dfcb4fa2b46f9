"""Citing by selecting: a source as its editors read it, and the entry that a quote is for."""

from timeline.admin.citing.views import CitingViews

__all__ = ["CitingViews"]
