"""Forms as TOML, always in the same way: keys in the order of the forms, defaults left out."""

from collections.abc import Iterator, Mapping
from typing import Any

from timeline.seeds.entries import canonical
from timeline.seeds.forms import NAME_PARTS, SeedForm

ESCAPES = {
    **{ord(sign): f"\\u{ord(sign):04X}" for sign in map(chr, [*range(32), 127])},
    ord("\b"): "\\b",
    ord("\t"): "\\t",
    ord("\n"): "\\n",
    ord("\f"): "\\f",
    ord("\r"): "\\r",
    ord('"'): '\\"',
    ord("\\"): "\\\\",
}
BARE = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


def written(seed: SeedForm, comment: str) -> str:
    """A whole ``chronology.toml``, with ``comment`` as its first line."""
    return "\n\n".join([comment, *_tables("", canonical(seed))]) + "\n"


def _tables(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    """The tables and lists of tables within ``table``, each a block of lines."""
    for key, value in table.items():
        path = f"{name}.{key}" if name else key
        if isinstance(value, dict) and not name:
            yield _block(f"[{path}]", value)
            yield from _tables(path, value)
        elif _is_list_of_tables(key, value):
            for one in value:
                yield _block(f"[[{path}]]", one)
                yield from _tables(path, one)


def _block(header: str, table: Mapping[str, Any]) -> str:
    lines = [
        f"{key} = {_value(_plainest(key, value))}"
        for key, value in table.items()
        if not _is_list_of_tables(key, value)
    ]
    return "\n".join([header, *lines])


def _is_list_of_tables(key: str, value: object) -> bool:
    return isinstance(value, list) and key not in ("author", "actors", "headings")


def _plainest(key: str, value: Any) -> Any:
    """An actor without a role is its bare id; the parts of a name stand in the usual order."""
    if key == "actors":
        return [one["id"] if list(one) == ["id"] else one for one in value]
    if key == "author":
        return [{part: one[part] for part in sorted(one, key=_rank)} for one in value]
    return value


def _rank(part: str) -> tuple[int, str]:
    return (NAME_PARTS.index(part) if part in NAME_PARTS else len(NAME_PARTS)), part


def _value(value: Any) -> str:
    if isinstance(value, str):
        return f'"{value.translate(ESCAPES)}"'
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        pairs = (f"{_key(key)} = {_value(inner)}" for key, inner in value.items())
        return f"{{ {', '.join(pairs)} }}"
    return str(value)


def _key(key: str) -> str:
    return key if key and BARE.issuperset(key) else _value(key)
