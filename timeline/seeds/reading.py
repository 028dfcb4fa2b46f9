"""A folder as a seed: its forms, its text as read, and everything that is wrong with them."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Generic, TypeVar

from timeline import readings
from timeline.citing import CitableText
from timeline.seeds import files
from timeline.seeds.forms import (
    ActorForm,
    ClaimForm,
    EventForm,
    Form,
    LooseClaimForm,
    SeedForm,
    SourceForm,
    TextForm,
)
from timeline.seeds.hints import among, shown
from timeline.seeds.lines import Lines
from timeline.seeds.parsing import Some, parsed
from timeline.seeds.problems import Key, Place, Problem

Given = TypeVar("Given", bound=Form)
MOST_HEADING = 500


@dataclass(frozen=True, slots=True)
class Item(Generic[Given]):
    """A form and where it was given."""

    form: Given
    place: Place


@dataclass(frozen=True, slots=True)
class ClaimItem:
    """A claim, and the id of the event that it is on."""

    form: ClaimForm
    event: str
    place: Place


@dataclass(slots=True)
class Seed:
    """What a folder gives; ``problems`` are those that were found on the way."""

    folder: Path
    file: str
    source: Item[SourceForm] | None = None
    text: Item[TextForm] | None = None
    raw: str = ""
    reading: readings.Reading | None = None
    citable: CitableText | None = None
    actors: list[Item[ActorForm]] = field(default_factory=list)
    events: list[Item[EventForm]] = field(default_factory=list)
    claims: list[ClaimItem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def home(self) -> str:
        """The id of its source, or nothing for the seed without a source."""
        return self.source.form.id if self.source else ""

    def note(self, place: Place, message: str) -> None:
        """Take down a problem."""
        self.problems.append(Problem(place, message))


def read_seed(folder: Path) -> Seed:
    """The seed in ``folder``; what is wrong is in its ``problems``, never raised."""
    seed = Seed(folder, str(folder / files.CHRONOLOGY))
    try:
        text = files.text_of(files.contents(folder, files.CHRONOLOGY)).removeprefix("\ufeff")
        table = tomllib.loads(text)
    except files.FileError as problem:
        seed.note(Place(seed.file), f"{files.CHRONOLOGY} {problem}.")
    except tomllib.TOMLDecodeError as error:
        seed.note(*_syntax(seed.file, str(error)))
    except ValueError:  # tomllib's own errors are caught above; this is Python's limit of digits
        seed.note(Place(seed.file), "A number has more digits than can be read; shorten it.")
    except RecursionError:
        seed.note(Place(seed.file), "Brackets are nested too deeply; no seed needs that.")
    else:
        _Reader(seed, Lines(text)).read(table)
    return seed


def _syntax(file: str, message: str) -> tuple[Place, str]:
    """A syntax error with its line as a number: “Expected '=' (at line 3, column 5)”."""
    what, _, where = message.partition(" (at line ")
    line, _, column = where.rstrip(")").partition(", column ")
    if not line.isdigit():
        return Place(file), f"This is no TOML: {message}."
    return Place(file, int(line)), f"This is no TOML: {what}, at character {column}."


class _Reader:
    """Reads the tables of one seed and knows their lines."""

    def __init__(self, seed: Seed, lines: Lines) -> None:
        self.seed = seed
        self.lines = lines

    def read(self, table: dict[str, Any]) -> None:
        known = list(SeedForm.model_fields)
        for key in table:
            if key not in known:
                place = Place(self.seed.file, self.lines.of((key,)))
                self.seed.note(place, f"“{key}” is no table of a seed{among(key, known)}")
        self.seed.source = self._single(SourceForm, table, "source")
        self.seed.text = self._single(TextForm, table, "text")
        self._read_text()
        for index, actor in self._tables(table, "actor"):
            self.seed.actors.append(
                self._item(ActorForm, actor, ("actor", index), _name("actor", index, actor))
            )
        for index, event in self._tables(table, "event"):
            self._read_event(index, event)
        for index, claim in self._tables(table, "claim"):
            item = self._item(LooseClaimForm, claim, ("claim", index), _name("claim", index, claim))
            self.seed.claims.append(ClaimItem(item.form, item.form.event, item.place))

    def _read_event(self, index: int, event: Mapping[str, Any]) -> None:
        name = _name("event", index, event)
        path = ("event", index)
        bare = {key: value for key, value in event.items() if key != "claim"}
        item = self._item(EventForm, bare, path, name)
        self.seed.events.append(item)
        for number, claim in self._tables(event, "claim", path, name):
            found = self._item(
                ClaimForm, claim, (*path, "claim", number), f"{name}, claim {number + 1}"
            )
            self.seed.claims.append(ClaimItem(found.form, item.form.id, found.place))

    def _single(self, form: type[Some], table: dict[str, Any], key: str) -> Item[Some] | None:
        if key not in table:
            return None
        if not isinstance(table[key], dict):
            place = Place(self.seed.file, self.lines.of((key,)))
            self.seed.note(place, f"“{key}” has to be a table; write [{key}] on a line of its own.")
            return None
        return self._item(form, table[key], (key,), key)

    def _tables(
        self, table: Mapping[str, Any], key: str, path: tuple[Key, ...] = (), item: str = ""
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        """The tables of a list of tables, with their index."""
        tables = table.get(key, [])
        header = f"[[{'.'.join([*(one for one in path if isinstance(one, str)), key])}]]"
        for index, one in enumerate(tables if isinstance(tables, list) else [tables]):
            if isinstance(one, dict) and isinstance(tables, list):
                yield index, one
            else:
                place = Place(self.seed.file, self.lines.of((*path, key)), item)
                self.seed.note(place, f"{key}: {shown(one)} is no list of tables; write {header}.")

    def _item(
        self, form: type[Some], table: Mapping[str, Any], path: tuple[Key, ...], name: str
    ) -> Item[Some]:
        read, faults = parsed(form, table)
        for where, message in faults:
            place = Place(self.seed.file, self.lines.of((*path, *where)), _within(name, where))
            self.seed.note(place, message)
        return Item(read, Place(self.seed.file, self.lines.of(path), name))

    def _read_text(self) -> None:
        seed = self.seed
        if seed.text is None:
            return
        if seed.source is None:
            seed.note(seed.text.place, "There is a [text] without a [source]; add the source.")
        form = seed.text.form
        if not form.file:
            return
        try:
            content = files.contents(seed.folder, form.file)
            seed.raw = files.text_of(content)
        except (files.FileError, ValueError) as problem:
            seed.note(self._text_place("file"), f"file: {shown(form.file)} {problem}.")
            return
        self._check_sha256(readings.sha256(seed.raw))
        try:
            seed.reading = readings.read(seed.raw, spec_of(form))
        except readings.ReadingError as error:
            for one in error.problems:
                seed.note(self._reading_place(one.item), one.message)
            seed.reading = _without_faults(seed.raw, spec_of(form), error)
        if seed.reading is None:
            return
        passages = seed.reading.passages
        for passage in passages:
            if len(passage.heading) > MOST_HEADING:
                seed.note(
                    self._text_place("headings"),
                    f"headings: {shown(passage.heading)} has more than {MOST_HEADING} characters.",
                )
        seed.citable = CitableText(
            seed.reading.text, [(one.ordinal, one.start, one.text) for one in passages]
        )

    def _check_sha256(self, actual: str) -> None:
        assert self.seed.text is not None  # noqa: S101  # read just before
        form = self.seed.text.form
        if form.sha256 and form.sha256 != actual:
            self.seed.note(
                self._text_place("sha256"),
                f"sha256: {shown(form.sha256)} is not that of {form.file}, which is {actual}. "
                "Restore the file as it was received or, if it is right as it is, put this here.",
            )

    def _text_place(self, key: str) -> Place:
        return Place(self.seed.file, self.lines.of(("text", key)), "text")

    def _reading_place(self, item: str) -> Place:
        """The place of what ``timeline.readings`` calls ``text.emendation 3``."""
        name, _, number = item.partition(" ")
        path: tuple[Key, ...] = tuple(name.split("."))
        if number.isdigit():
            path = (*path, int(number) - 1)
        return Place(self.seed.file, self.lines.of(path), item.replace(".", ", "))


def spec_of(form: TextForm) -> readings.TextSpec:
    """How the form says that the text is read."""
    return readings.TextSpec(
        begins=form.begins,
        ends=form.ends,
        paragraphs=form.paragraphs,
        headings=form.headings,
        emendations=tuple(
            readings.Correction(one.find, one.read, one.reason, one.mark) for one in form.emendation
        ),
    )


def _without_faults(
    raw: str, spec: readings.TextSpec, error: readings.ReadingError
) -> readings.Reading | None:
    """The text without the emendations and headings at fault, to check the quotes all the same."""
    faulty = {one.item for one in error.problems}
    emendations = tuple(
        one
        for number, one in enumerate(spec.emendations, start=1)
        if f"text.emendation {number}" not in faulty
    )
    try:
        return readings.read(raw, replace(spec, emendations=emendations, headings=()))
    except readings.ReadingError:
        return None


def _name(kind: str, index: int, table: Mapping[str, Any]) -> str:
    given = table.get("id")
    if isinstance(given, str) and given:
        return f"{kind} {shown(given).strip('“”')}"
    return f"{kind} {index + 1}"


def _within(name: str, path: tuple[Key, ...]) -> str:
    """The item's name, and that of the table within it: ``actor mongolia, alias 2``."""
    inner = [
        f"{key} {number + 1}"
        for key, number in pairwise(path)
        if isinstance(key, str) and isinstance(number, int)
    ]
    return ", ".join([name, *inner])
