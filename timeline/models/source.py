"""Sources, their text as received and as read, and the passages that claims quote."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timeline.fields import EdtfField, StableSlugField
from timeline.history import History
from timeline.models.status import PublishedQuerySet, Status


class SourceQuerySet(PublishedQuerySet):
    """Reads of sources."""


class Source(models.Model):
    """A document: its bibliographic data, named as in CSL 1.0.2. The text is in SourceText."""

    class Type(models.TextChoices):
        """The item types of CSL that a chronology is likely to cite."""

        ARTICLE_JOURNAL = "article-journal", _("journal article")
        ARTICLE_MAGAZINE = "article-magazine", _("magazine article")
        ARTICLE_NEWSPAPER = "article-newspaper", _("newspaper article")
        BOOK = "book", _("book")
        CHAPTER = "chapter", _("chapter")
        DOCUMENT = "document", _("document")
        INTERVIEW = "interview", _("interview")
        LEGISLATION = "legislation", _("legislation")
        MANUSCRIPT = "manuscript", _("manuscript")
        PAPER_CONFERENCE = "paper-conference", _("conference paper")
        PERSONAL_COMMUNICATION = "personal_communication", _("letter or message")
        REPORT = "report", _("report")
        SPEECH = "speech", _("speech")
        THESIS = "thesis", _("thesis")
        TREATY = "treaty", _("treaty")
        WEBPAGE = "webpage", _("web page")

    slug = StableSlugField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    type = models.CharField(max_length=30, choices=Type.choices, default=Type.DOCUMENT)
    title = models.CharField(max_length=500)
    author = models.JSONField(
        default=list,
        blank=True,
        help_text=_("CSL names: [{“family”: …, “given”: …}] or [{“literal”: …}]."),
    )
    container_title = models.CharField(
        max_length=500, blank=True, help_text=_("The journal, book or site that holds it.")
    )
    issued = EdtfField(help_text=_("When it was published, as EDTF."))
    publisher = models.CharField(max_length=200, blank=True)
    volume = models.CharField(max_length=50, blank=True)
    issue = models.CharField(max_length=50, blank=True)
    page = models.CharField(max_length=50, blank=True)
    genre = models.CharField(max_length=200, blank=True)
    language = models.CharField(
        max_length=35, blank=True, help_text=_("Language tag of the text (BCP 47), such as “en”.")
    )
    doi = models.CharField("DOI", max_length=200, blank=True)
    url = models.URLField("URL", max_length=1000, blank=True)
    note = models.TextField(blank=True)
    history = History()

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["title", "slug"]
        permissions = [("publish_source", "Can publish sources and change published ones")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(slug=""), name="source_has_slug"),
            models.CheckConstraint(condition=~models.Q(title=""), name="source_has_title"),
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="source_status_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.slug])

    def clean(self) -> None:
        """Refuse a draft where published entries would be left without a quote."""
        if self.pk and self.status != Status.PUBLISHED and (orphans := self.only_source_of()):
            raise ValidationError(
                {
                    "status": _(
                        "Published entries quote nothing else: %(events)s. "
                        "Make them drafts first, or give them another quote."
                    )
                    % {"events": ", ".join(orphans)}
                }
            )

    @property
    def web_address(self) -> str:
        """Its ``url``, or empty where that is no address of the web: not all writers validate."""
        return self.url if self.url.startswith(("http://", "https://")) else ""

    def only_source_of(self, limit: int = 5) -> list[str]:
        """Slugs of at most ``limit`` published events whose every published quote is from here."""
        from timeline.models.event import Event

        return list(
            Event.objects.published()
            .filter(claims__source=self)
            .exclude(
                pk__in=Event.objects.filter(
                    claims__source__status=Status.PUBLISHED, claims__source__isnull=False
                )
                .exclude(claims__source=self)
                .values("pk")
            )
            .order_by("slug")
            .values_list("slug", flat=True)
            .distinct()[:limit]
        )


class SourceText(models.Model):
    """The text of a source: as received, where the article proper lies in it, and as read.

    Written by ``timeline.texts`` only, together with its passages and emendations.
    """

    class Paragraphs(models.TextChoices):
        BLANK_LINE = "blank-line", _("separated by blank lines")
        LINE = "line", _("one a line")

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="text")
    raw = models.TextField(help_text=_("The text exactly as received."))
    raw_sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=200, default="article.txt")
    begins = models.TextField(blank=True, help_text=_("First words of the article proper."))
    ends = models.TextField(blank=True, help_text=_("Last words of the article proper."))
    headings = models.JSONField(default=list, blank=True, help_text=_("Section headings, as read."))
    paragraphs = models.CharField(
        max_length=20, choices=Paragraphs.choices, default=Paragraphs.BLANK_LINE
    )
    reading = models.TextField(help_text=_("The text that readers see and claims quote."))
    reading_sha256 = models.CharField(max_length=64)
    history = History()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(raw_sha256=""), name="text_has_raw_hash"),
            models.CheckConstraint(
                condition=~models.Q(reading_sha256=""), name="text_has_reading_hash"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.file})"


class Passage(models.Model):
    """A paragraph of a source's text as read; ``start`` is its offset in code points."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="passages")
    ordinal = models.PositiveIntegerField()
    heading = models.CharField(max_length=500, blank=True)
    heading_start = models.PositiveIntegerField(null=True, blank=True)
    start = models.PositiveIntegerField()
    text = models.TextField()
    history = History()

    class Meta:
        ordering = ["source", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["source", "ordinal"], name="passage_ordinal_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="passage_has_text"),
            models.CheckConstraint(
                condition=models.Q(ordinal__gte=1), name="passage_ordinal_from_one"
            ),
        ]

    def __str__(self) -> str:
        beginning = self.text if len(self.text) <= 60 else self.text[:60].rsplit(" ", 1)[0] + " …"
        return f"{self.source} ¶ {self.ordinal}: {beginning}"

    def get_absolute_url(self) -> str:
        return f"{self.source.get_absolute_url()}#p-{self.ordinal}"


class Emendation(models.Model):
    """A recorded correction of the text as received, or a note mark taken out of a sentence.

    ``removed`` and ``inserted`` are the characters that changed, at ``raw_start`` of the text as
    received and at ``start`` of the text as read (code points).
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="emendations")
    ordinal = models.PositiveIntegerField()
    find = models.TextField()
    read = models.TextField(blank=True)
    reason = models.CharField(max_length=500, blank=True)
    mark = models.CharField(max_length=20, blank=True, help_text=_("The note mark, such as “1”."))
    raw_start = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    removed = models.TextField(blank=True)
    inserted = models.TextField(blank=True)
    history = History()

    class Meta:
        ordering = ["source", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["source", "ordinal"], name="emendation_ordinal_once"),
            models.CheckConstraint(condition=~models.Q(find=""), name="emendation_has_find"),
        ]

    def __str__(self) -> str:
        return f"{self.find} → {self.read}"
