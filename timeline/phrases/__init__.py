"""Dates as people write them in English, read into EDTF; and the dates that a sentence holds.

``read(text)`` is a ``Reading``: every way of understanding the *whole* text, as ``choices``. One
choice is what the text says; several are for a person to choose from (10/11/1948); none means that
the text is not understood, and ``message`` says what to write instead. Nothing is ever guessed:
one word that has no place in a date and the text is refused.

``found(prose)`` lists the clear dates of a text, each with its choices. The conventions are told in
docs/editing.md and reasoned in docs/adr/0061-dates-in-words.md.
"""

from timeline.phrases.finding import found
from timeline.phrases.model import Choice, Found, Reading
from timeline.phrases.reading import MAX_LENGTH, read

__all__ = ["MAX_LENGTH", "Choice", "Found", "Reading", "found", "read"]
