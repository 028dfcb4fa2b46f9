"""How alike two entries or two actors are, and why: pure, so that it can be measured by itself.

Nothing is ever taken for a double by the program: it says how alike two are, a person decides.
"""

from timeline.likeness.actors import ActorLook, actors_alike
from timeline.likeness.events import EventLook, events_alike
from timeline.likeness.keys import keys
from timeline.likeness.model import LIKELY, Alike, Reason, Why

__all__ = [
    "LIKELY",
    "ActorLook",
    "Alike",
    "EventLook",
    "Reason",
    "Why",
    "actors_alike",
    "events_alike",
    "keys",
]
