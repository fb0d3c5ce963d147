"""Whom an id or a name means, as typed on the command line or into a field."""

from collections.abc import Sequence

from crm.errors import Ambiguous, NotFound

_LARGEST_ID = 2**63 - 1


def typed_ids(text: str) -> tuple[int, ...]:
    """Return the id that `text` is, if it is one; "#12" is one too."""
    bare = text.strip().removeprefix("#")
    return (int(bare),) if bare.isdecimal() and int(bare) <= _LARGEST_ID else ()


def only(what: str, text: str, found: Sequence[tuple[int, str]]) -> int:
    """Return the id of the only one found. Raises `NotFound`, or `Ambiguous` with those to choose from."""
    if not found:
        raise NotFound(what, text)
    if len(found) > 1:
        raise Ambiguous(what, text, tuple(found))
    return found[0][0]
