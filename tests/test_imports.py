"""Imports run one way: pure modules ← models ← what reads and writes them ← views ← URLs."""

import ast
import graphlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# A module may import from its own line and from those above. A name stands for all below it.
LAYERS = (
    (
        "timeline.edtf",
        "timeline.wording",
        "timeline.phrases",
        "timeline.anchors",
        "timeline.readings",
        "timeline.citing",
        "timeline.chunking",
        "timeline.references",
        "timeline.likeness",
        "timeline.search",
        "accounts.limits",
        "config.environment",
        "config.secret",
    ),
    (
        "accounts",
        "timeline.bulk",
        "timeline.fields",
        "timeline.history",
        "timeline.localised",
        "timeline.names",
    ),
    ("actors.models",),
    ("timeline.models", "timeline.triggers", "timeline.index.schema"),
    ("actors.migrations", "timeline.migrations"),
    ("timeline.index",),
    (
        "timeline.texts",
        "timeline.revisions",
        "timeline.doubles",
        "timeline.chronology",
        "timeline.seeds",
        "timeline.citations",
        "timeline.checks",
    ),
    ("timeline.drawing", "timeline.reader"),
    ("timeline.filters",),
    ("actors.admin", "timeline.admin"),
    ("timeline.views", "timeline.management", "timeline.templatetags"),
    ("actors.apps", "timeline.apps", "timeline.groups", "config"),
)
EMPTY = ("actors", "timeline")  # packages that only hold others
PURE = LAYERS[0]


def modules() -> dict[str, Path]:
    """Every module of the program by its dotted name."""
    tops = ("accounts", "actors", "timeline", "config")
    files = (file for top in tops for file in (ROOT / top).rglob("*.py"))
    return {dotted(file): file for file in files}


def dotted(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(name: str, file: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of all that a module imports, those inside functions included."""
    package = name if file.stem == "__init__" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*above, node.module or ""]).strip(".") if node.level else node.module
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def module_of(imported: str, known: dict[str, Path]) -> str | None:
    """The module of the program that an imported name is or stands in; None for other libraries."""
    while imported and imported not in known:
        imported = imported.rpartition(".")[0]
    return imported or None


def layer(module: str) -> int | None:
    """The line of LAYERS that names ``module`` or, at most closely, a package around it."""
    found = {
        len(name): number
        for number, names in enumerate(LAYERS)
        for name in names
        if module == name or module.startswith(f"{name}.")
    }
    return found[max(found)] if found else None


def edges() -> Iterator[tuple[str, int, str]]:
    known = modules()
    for name, file in known.items():
        for line, imported in imports(name, file):
            target = module_of(imported, known)
            if target is not None and target != name:
                yield name, line, target


def test_every_module_has_a_place_in_the_layers() -> None:
    homeless = [name for name in modules() if layer(name) is None and name not in EMPTY]
    assert not homeless, f"name these in LAYERS of {__name__}: {', '.join(sorted(homeless))}"


def test_imports_run_one_way() -> None:
    upward = [
        f"{modules()[name].relative_to(ROOT)}:{line} imports {target}, which stands above it"
        for name, line, target in edges()
        if (theirs := layer(target)) is not None
        and (ours := layer(name)) is not None
        and theirs > ours
    ]
    assert not upward, "\n".join(upward)


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph: dict[str, set[str]] = {}
    for name, _, target in edges():
        graph.setdefault(name, set()).add(target)
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        raise AssertionError("a circle of imports: " + " → ".join(error.args[1])) from None


def test_pure_modules_know_nothing_of_django() -> None:
    impure = [
        f"{file.relative_to(ROOT)}:{line} imports {imported}"
        for name, file in modules().items()
        for line, imported in imports(name, file)
        if name.startswith("timeline.") and name.startswith(PURE) and imported.startswith("django")
    ]
    assert not impure, "\n".join(impure)
