"""What entries are counted by, with the names and ids that readers know."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.db.models.expressions import RawSQL

from timeline.index import sql
from timeline.index.facts import Facet

NAMED = (
    "SELECT v.id, v.facet, COALESCE(a.slug, s.slug, v.name), COALESCE(a.name, s.title, v.name), "
    "v.entries, COALESCE(s.language, '') FROM index_value v "
    f"LEFT JOIN actors_actor a ON v.facet = {Facet.ACTOR:d} AND a.id = v.ref "
    f"LEFT JOIN timeline_source s ON v.facet = {Facet.SOURCE:d} AND s.id = v.ref "
)
# Where the value of an id (a slug, or the name itself) is to be found.
BY_SLUG = {
    Facet.ACTOR: "v.ref IN (SELECT id FROM actors_actor WHERE slug IN ({slugs}))",
    Facet.SOURCE: "v.ref IN (SELECT id FROM timeline_source WHERE slug IN ({slugs}))",
    Facet.KIND: "v.name IN ({slugs})",
    Facet.BASIS: "v.name IN ({slugs})",
    Facet.CONTESTED: "v.name IN ({slugs})",
}


class Named(NamedTuple):
    """A value of a facet, ``slug`` its id for readers, and the number of its entries.

    ``language`` is that of its name, the title of a source; empty where nobody has said it.
    """

    id: int
    facet: Facet
    slug: str
    name: str
    entries: int
    language: str = ""


def most_frequent(most: Mapping[Facet, int]) -> list[Named]:
    """Of every facet the values that most entries have, at most so many, those first."""
    top = " UNION ALL ".join(
        f"SELECT id FROM (SELECT id FROM index_value WHERE facet = {facet:d} AND entries > 0 "
        f"ORDER BY entries DESC, id LIMIT {number:d}) f{facet:d}"
        for facet, number in most.items()
    )
    return _named(f"WHERE v.id IN ({top}) ORDER BY v.entries DESC, v.id")


def named(values: Iterable[int]) -> dict[int, Named]:
    """The values with these ids."""
    return {one.id: one for one in _named(f"WHERE v.id IN ({sql.listed(values)})")}


def of_slugs(facet: Facet, slugs: Collection[str]) -> dict[str, Named]:
    """Those of ``slugs`` that some entry has, by slug."""
    if not slugs:
        return {}
    condition = BY_SLUG[facet].format(slugs=", ".join(["%s"] * len(slugs)))
    # SQLite leaves alone the index of entries where a plus stands; the ids are quicker.
    found = _named(f"WHERE v.facet = {facet:d} AND +v.entries > 0 AND {condition}", list(slugs))
    return {one.slug: one for one in found}


def entries_of(facet: Facet, refs: Iterable[int]) -> dict[int, int]:
    """By actor or source (primary keys) the number of published entries that it has."""
    return dict(
        sql.rows(
            "SELECT ref, entries FROM index_value "
            f"WHERE facet = {facet:d} AND ref IN ({sql.listed(refs)})"
        )
    )


def with_entries(facet: Facet) -> RawSQL:
    """The actors or sources (primary keys) that some published entry has, for a ``pk__in``."""
    of_facet = "SELECT ref FROM index_value WHERE facet = %s AND entries > 0"
    return RawSQL(of_facet, [int(facet)])  # noqa: S611  # no text of anybody's is in it


def entries(value: int) -> int:
    """The number of published entries that have a value; of all of them for value 0."""
    found = sql.rows("SELECT entries FROM index_value WHERE id = %s", [value])
    return int(found[0][0]) if found else 0


def _named(rest: str, parameters: sql.Parameters = ()) -> list[Named]:
    return [
        Named(number, Facet(facet), slug, name, entries, language)
        for number, facet, slug, name, entries, language in sql.rows(f"{NAMED}{rest}", parameters)
    ]
