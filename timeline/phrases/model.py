"""What reading a date comes to, as frozen data."""

from dataclasses import dataclass


class Misread(ValueError):  # noqa: N818  it is a judgement of a text, no failure
    """A text has the form of a date and is none; the message says why and what to write."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way of understanding a text: as EDTF, and what should be said of it, often nothing.

    An empty ``edtf`` says that there is no date.
    """

    edtf: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All ways of understanding ``text``; without any, ``message`` says what to do.

    With several choices ``message`` asks for one of them.
    """

    text: str
    choices: tuple[Choice, ...]
    message: str = ""

    @property
    def edtf(self) -> str | None:
        """The EDTF of the only choice; None where there are several or none."""
        return self.choices[0].edtf if len(self.choices) == 1 else None

    @property
    def understood(self) -> bool:
        """Whether the text has one meaning, which may be that there is no date."""
        return len(self.choices) == 1

    @property
    def ambiguous(self) -> bool:
        """Whether a person has to choose."""
        return len(self.choices) > 1

    @property
    def undated(self) -> bool:
        """Whether the text says that there is no date."""
        return self.edtf == ""


@dataclass(frozen=True, slots=True)
class Found:
    """A date in prose: ``prose[start:end] == text``, and its ways of being understood."""

    start: int
    end: int
    text: str
    choices: tuple[Choice, ...]

    @property
    def edtf(self) -> tuple[str, ...]:
        """The EDTF of each choice, one or several."""
        return tuple(choice.edtf for choice in self.choices)
