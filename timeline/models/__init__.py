"""The knowledge base: sources and their passages, events, claims, and what seeds brought in."""

from timeline.models.claim import Claim, claim_slug
from timeline.models.event import Event, Participation
from timeline.models.merge import Distinct, Merge, Twofold
from timeline.models.seed import SeedImport, SeedImportFile, SeedImportStep, SeedItem
from timeline.models.source import Emendation, Passage, Source, SourceText
from timeline.models.status import Status
from timeline.models.waiting import WaitingText

__all__ = [
    "Claim",
    "Distinct",
    "Emendation",
    "Event",
    "Merge",
    "Participation",
    "Passage",
    "SeedImport",
    "SeedImportFile",
    "SeedImportStep",
    "SeedItem",
    "Source",
    "SourceText",
    "Status",
    "Twofold",
    "WaitingText",
    "claim_slug",
]
