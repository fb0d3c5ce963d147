"""Texts with {fields}: which there are, and the text with them filled in. What isn't a field stays as it is."""

from collections.abc import Iterable, Iterator


def filled(words: str, values: Iterable[tuple[str, str]]) -> str:
    """Return a template's text with its fields filled in; values are never read as templates."""
    known = dict(values)
    parts: list[str] = []
    for before, field in _split(words):
        parts.append(before)
        parts.append(known.get(field, f"{{{field}}}") if field else "")
    return "".join(parts)


def fields(words: str) -> tuple[str, ...]:
    """Return the names of the fields in a template's text."""
    return tuple(field for _, field in _split(words) if field)


def _split(words: str) -> Iterator[tuple[str, str]]:
    """Cut a text at its {fields}: what stands before each, and its name; "" after the last."""
    rest = words
    while "{" in rest:
        before, _, inside = rest.partition("{")
        name, closed, after = inside.partition("}")
        if not closed or not name.isidentifier():
            yield before + "{", ""
            rest = inside
            continue
        yield before, name
        rest = after
    yield rest, ""
