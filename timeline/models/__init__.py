"""The knowledge base: sources and their passages, events, claims, and what seeds brought in."""

from timeline.models.claim import Claim, claim_slug
from timeline.models.event import Event, Participation
from timeline.models.seed import SeedItem
from timeline.models.source import Emendation, Passage, Source, SourceText
from timeline.models.status import Status

__all__ = [
    "Claim",
    "Emendation",
    "Event",
    "Participation",
    "Passage",
    "SeedItem",
    "Source",
    "SourceText",
    "Status",
    "claim_slug",
]
