"""The rules of the house, each a function from one parsed file to its offences. `test_architecture.py` runs them."""

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
MAX_FILE_LINES = 500
MAX_FUNCTION_LINES = 60
STANDARD_LIBRARY = frozenset(sys.stdlib_module_names)


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file; `path` is relative to the repository, with slashes, `nodes` is all of its tree."""

    path: str
    text: str
    nodes: tuple[ast.AST, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.path.removesuffix(".py").split("/"))


Offence = tuple[int, str]
Finder = Callable[[Source], Iterator[Offence]]


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold, where, and the function that finds what breaks it."""

    says: str
    find: Finder
    within: tuple[str, ...] = ("crm/",)
    but: tuple[str, ...] = ()

    def offences(self, source: Source) -> list[str]:
        """Return each offence as `path:line: what`, empty where the rule doesn't apply."""
        if not source.path.startswith(self.within) or source.path.startswith(self.but or ("\0",)):
            return []
        return [f"{source.path}:{line}: {what}" for line, what in self.find(source)]


@dataclass(frozen=True, slots=True)
class Layer:
    """What one layer may import: our own layers and modules, and other people's libraries."""

    ours: frozenset[str]
    libraries: frozenset[str]


def _layer(ours: str = "", libraries: str = "") -> Layer:
    return Layer(frozenset(ours.split()), frozenset(libraries.split()))


# The one table of who may import whom (crm/README.md shows it). Every layer may import itself and the standard library.
LAYERS = {
    "errors": _layer(),
    "files": _layer("errors"),
    "paths": _layer("errors", "platformdirs"),
    "settings": _layer("errors paths files", "tomli_w"),
    "wording": _layer("domain errors"),
    "domain": _layer("errors", "phonenumbers rapidfuzz"),
    "formats": _layer("domain errors files", "vobject icalendar dateutil charset_normalizer"),
    "store": _layer("domain errors files paths", "sqlalchemy alembic"),
    "app": _layer("domain formats store settings errors paths files", "keyring cryptography"),
    "cli": _layer("app domain settings errors paths files wording"),
    "gui": _layer("app domain settings errors paths files wording", "PySide6 shiboken6"),
    "__main__": _layer("cli gui errors paths"),
    "__init__": _layer(),
}
SHARED_IN_GUI = frozenset({"widgets", "models", "checkins", "export", "lessons", "messages"})


def parse(path: str, text: str) -> Source:
    """Return `text` parsed as the file at `path`."""
    return Source(path, text, tuple(ast.walk(ast.parse(text, path))))


@cache
def read_sources(*folders: str) -> tuple[Source, ...]:
    """Return every Python file under `folders` of the repository; all rules look at the same trees."""
    found = (file for folder in folders for file in sorted((ROOT / folder).rglob("*.py")))
    return tuple(parse(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")) for file in found)


def imports(source: Source) -> Iterator[tuple[int, str]]:
    """Yield line and full name of everything imported, also for types only, in functions, or by a constant name."""
    for node in source.nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _import_base(source, node)
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and dotted(node.func).endswith(("import_module", "__import__")):
            yield from ((node.lineno, name.value) for name in node.args[:1] if _is_text(name))


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` for a name or a chain of attributes; of anything else, only the attributes at its end."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        names.append(node.id)
    return ".".join(reversed(names))


def imports_of_a_layer_above(source: Source) -> Iterator[Offence]:
    """Find imports that the table of layers doesn't allow."""
    own = source.parts[1]
    layer = LAYERS.get(own)
    if layer is None:
        yield 1, f"`{own}` has no row in the table of layers"
        return
    for line, name in imports(source):
        top, *rest = name.split(".")
        if top == "crm":
            if rest and rest[0] in LAYERS and rest[0] not in layer.ours | {own}:
                yield line, f"{own} imports crm.{rest[0]}"
        elif top not in STANDARD_LIBRARY | layer.libraries:
            yield line, f"{own} imports {top}"


def imports_of_another_room(source: Source) -> Iterator[Offence]:
    """Find a room of the window, or a shared widget or model, that imports a room."""
    folder = source.parts[2] if len(source.parts) > 3 else ""
    if not folder:
        return
    for line, name in imports(source):
        room = name.split(".")[2] if name.startswith("crm.gui.") else folder
        if room not in SHARED_IN_GUI | {folder} and _is_room(room):
            yield line, f"{folder} imports the room {room}"


def imports_that_know_the_crm(source: Source) -> Iterator[Offence]:
    """Find imports of verbs and rules in widgets that should serve any program."""
    yield from (
        (line, f"imports {name}")
        for line, name in imports(source)
        if name.startswith(("crm.app", "crm.domain"))
    )


def eager_windows(source: Source) -> Iterator[Offence]:
    """Find imports of the window that run as soon as the module is imported."""
    inside = {id(node) for function in _functions(source) for node in ast.walk(function)}
    for node in source.nodes:
        if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in inside:
            only = Source(source.path, "", (node,))
            yield from (
                (line, name) for line, name in imports(only) if name.startswith(("crm.gui", "PySide6"))
            )


def unnamed_qt_imports(source: Source) -> Iterator[Offence]:
    """Find Qt modules imported whole, or with a star."""
    for line, name in imports(source):
        if name.startswith("PySide6") and (name.endswith(".*") or name.count(".") < 2):
            yield line, f"imports {name}"


def long_files(source: Source) -> Iterator[Offence]:
    """Find files over the limit."""
    lines = len(source.text.splitlines())
    if lines > MAX_FILE_LINES:
        yield lines, f"{lines} lines, at most {MAX_FILE_LINES}"


def long_functions(source: Source) -> Iterator[Offence]:
    """Find functions over the limit, their docstring counted."""
    for function in _functions(source):
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines > MAX_FUNCTION_LINES:
            yield function.lineno, f"{function.name} has {lines} lines, at most {MAX_FUNCTION_LINES}"


def vague_names(source: Source) -> Iterator[Offence]:
    """Find classes and files named for nothing in particular."""
    vague = re.compile(r"(Manager|Helper|Util|Utils|Controller|Handler)s?$", re.IGNORECASE)
    if vague.search(source.parts[-1].replace("_", "")):
        yield 1, f"the file is called {source.parts[-1]}"
    for node in source.nodes:
        if isinstance(node, ast.ClassDef) and vague.search(node.name):
            yield node.lineno, f"class {node.name}"


def names_used(*forbidden: str) -> Finder:
    """Make a finder of names, imported or used, whatever they hang on."""

    def find(source: Source) -> Iterator[Offence]:
        for node in source.nodes:
            used = (
                node.attr
                if isinstance(node, ast.Attribute)
                else node.id
                if isinstance(node, ast.Name)
                else ""
            )
            if used in forbidden:
                yield node.lineno, used
        yield from ((line, name) for line, name in imports(source) if name.rsplit(".", 1)[-1] in forbidden)

    return find


def calls_of(*forbidden: str) -> Finder:
    """Make a finder of calls by how the called name ends: `qtbot.wait` also finds `self.qtbot.wait(...)`."""

    def find(source: Source) -> Iterator[Offence]:
        for call in _calls(source):
            name = f".{dotted(call.func)}"
            yield from ((call.lineno, f"{name[1:]}(...)") for one in forbidden if name.endswith(f".{one}"))

    return find


def builtins_called(*forbidden: str) -> Finder:
    """Make a finder of calls of built-in functions; methods of the same name, as Qt's `exec`, are others."""

    def find(source: Source) -> Iterator[Offence]:
        for call in _calls(source):
            if isinstance(call.func, ast.Name) and call.func.id in forbidden:
                yield call.lineno, f"{call.func.id}(...)"

    return find


def modules_imported(*forbidden: str) -> Finder:
    """Make a finder of imports by their first name."""

    def find(source: Source) -> Iterator[Offence]:
        yield from (
            (line, f"imports {name}") for line, name in imports(source) if name.split(".")[0] in forbidden
        )

    return find


def either(*finders: Finder) -> Finder:
    """Make a finder of what any of `finders` finds."""

    def find(source: Source) -> Iterator[Offence]:
        for finder in finders:
            yield from finder(source)

    return find


def files_opened_to_write(source: Source) -> Iterator[Offence]:
    """Find files opened with a mode that writes, by `open` or by a method of that name."""
    for call in _calls(source):
        if dotted(call.func).rsplit(".", 1)[-1] in {"open", "fdopen"}:
            given = [*call.args[:2], *(word.value for word in call.keywords if word.arg == "mode")]
            modes = [
                arg.value for arg in given if _is_text(arg) and re.fullmatch(r"[rwaxbt+]{1,4}", arg.value)
            ]
            yield from ((call.lineno, f"opens with {mode!r}") for mode in modes if set(mode) & set("wax+"))


def labels_of_any_text(source: Source) -> Iterator[Offence]:
    """Find labels that guess whether their text is HTML: made, or subclassed."""
    yield from calls_of("QLabel")(source)
    for node in source.nodes:
        if isinstance(node, ast.ClassDef) and "QLabel" in {
            dotted(base).rsplit(".", 1)[-1] for base in node.bases
        }:
            yield node.lineno, f"class {node.name}(QLabel)"


def colours_in_place(source: Source) -> Iterator[Offence]:
    """Find colours written as #rrggbb outside docstrings."""
    documents = {id(node.body[0].value) for node in source.nodes if _has_docstring(node)}
    for node in source.nodes:
        if _is_text(node) and id(node) not in documents:
            found = re.search(r"(?<![&\w])#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b", node.value)
            if found:
                yield node.lineno, found.group()


def unexpected_entries(names: Iterable[str], allowed: frozenset[str]) -> list[str]:
    """Return the top-level entries of the files in `names` that aren't in `allowed`."""
    return sorted({name.split("/")[0] for name in names} - allowed)


def _import_base(source: Source, node: ast.ImportFrom) -> str:
    """Return the full name of what a `from … import` names, relative ones resolved."""
    if not node.level:
        return node.module or ""
    return ".".join([*source.parts[: -node.level], *([node.module] if node.module else [])])


def _is_room(name: str) -> bool:
    """Return whether `name` in gui/ is a folder, not a module beside them. Made-up rooms in snippets count too."""
    return not (ROOT / "crm" / "gui" / f"{name}.py").is_file()


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _has_docstring(node: ast.AST) -> bool:
    documented = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    return documented and ast.get_docstring(node) is not None


def _functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    found = source.nodes
    return (node for node in found if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _calls(source: Source) -> Iterator[ast.Call]:
    return (node for node in source.nodes if isinstance(node, ast.Call))
