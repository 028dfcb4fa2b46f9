"""Drafts and published entries."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Readers see what is published; all else is for editors."""

    DRAFT = "draft", _("draft")
    REVIEW = "review", _("in review")
    PUBLISHED = "published", _("published")


class PublishedQuerySet(models.QuerySet[Any]):
    """Reads of what has a status."""

    def published(self) -> Self:
        """Only what readers may see."""
        return self.filter(status=Status.PUBLISHED)
