"""Actors, their names over time and their relations. Knows nothing of events."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timeline.fields import EdtfField, StableSlugField
from timeline.history import History


class Actor(models.Model):
    """A state, polity, person, organisation or place that acts by its name."""

    class Kind(models.TextChoices):
        STATE = "state", _("state")
        POLITY = "polity", _("polity")
        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")
        OFFICE = "office", _("office")
        GROUP = "group", _("group of people")
        PLACE = "place", _("place")

    slug = StableSlugField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    description = models.TextField(
        blank=True, help_text=_("Who this is, in our own words and only as far as sources say.")
    )
    history = History()

    class Meta:
        ordering = ["name", "slug"]
        permissions = [("publish_actor", "Can change actors of published events")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(slug=""), name="actor_has_slug"),
            models.CheckConstraint(condition=~models.Q(name=""), name="actor_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actor", args=[self.slug])


class Alias(models.Model):
    """Another name of an actor; ``period`` (EDTF) says when it held, where it did not always."""

    class Kind(models.TextChoices):
        NAME = "name", _("name")
        ABBREVIATION = "abbreviation", _("abbreviation")
        METONYM = "metonym", _("metonym")
        TRANSLITERATION = "transliteration", _("transliteration")

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.NAME)
    period = EdtfField(help_text=_("When the name held, as EDTF; empty if it always did."))
    note = models.TextField(blank=True)
    history = History()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "aliases"
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="alias_has_name"),
            models.UniqueConstraint(fields=["actor", "name"], name="alias_once_per_actor"),
        ]

    def __str__(self) -> str:
        return self.name


class Relation(models.Model):
    """What one actor is to another: ``actor`` is the ``kind`` of ``other``."""

    class Kind(models.TextChoices):
        PREDECESSOR = "predecessor-of", _("predecessor of")
        OFFICE = "office-of", _("office of")
        MEMBER = "member-of", _("member of")
        PART = "part-of", _("part of")
        CAPITAL = "capital-of", _("capital of")

    INVERSE = {
        Kind.PREDECESSOR: _("successor of"),
        Kind.OFFICE: _("has the office"),
        Kind.MEMBER: _("has the member"),
        Kind.PART: _("comprises"),
        Kind.CAPITAL: _("has the capital"),
    }

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    other = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="inverse_relations")
    period = EdtfField(help_text=_("When the relation held, as EDTF; empty if not known."))
    note = models.TextField(blank=True, help_text=_("What in the sources supports it."))
    history = History()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(actor=models.F("other")), name="relation_to_another_actor"
            ),
            models.UniqueConstraint(fields=["actor", "kind", "other"], name="relation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} – {self.get_kind_display()} {self.other}"

    def clean(self) -> None:
        if self.actor_id and self.actor_id == self.other_id:
            raise ValidationError({"other": _("An actor cannot be related to itself.")})

    @property
    def inverse(self) -> str:
        """The relation's name as seen from ``other``."""
        return str(self.INVERSE[self.Kind(self.kind)])
