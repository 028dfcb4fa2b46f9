"""Doubles: entries and actors that are likely there twice, how they are merged, and the way back.

``timeline.likeness`` says how alike two are; here they are found without comparing all with all.
"""

from timeline.doubles import actor_merge, event_merge
from timeline.doubles.actors import actor_pairs, actors_like
from timeline.doubles.events import event_pairs, events_like
from timeline.doubles.merging import (
    MOST_FOR_A_PAGE,
    Asked,
    merge,
    planned,
    rows_written,
    state,
)
from timeline.doubles.model import GONE, KEPT, ActorPlan, Choices, EventPlan, MergeError
from timeline.doubles.pairs import Found, Pair, set_apart, take_back
from timeline.doubles.telling import in_words

__all__ = [
    "GONE",
    "KEPT",
    "MOST_FOR_A_PAGE",
    "ActorPlan",
    "Asked",
    "Choices",
    "EventPlan",
    "Found",
    "MergeError",
    "Pair",
    "actor_merge",
    "actor_pairs",
    "actors_like",
    "event_merge",
    "event_pairs",
    "events_like",
    "in_words",
    "merge",
    "planned",
    "rows_written",
    "set_apart",
    "state",
    "take_back",
]
