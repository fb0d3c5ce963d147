"""How much of a file the reader takes: beyond these a property or a card becomes a problem and the rest goes on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps in bytes or characters, and in counts. `line` must be at least four times `text` (UTF-8 in one line)."""

    card: int = 48 << 20
    line: int = 24 << 20
    text: int = 1 << 20
    binary: int = 10 << 20  # as encoded in the file
    properties: int = 5_000
    depth: int = 8
    params: int = 64
    values: int = 256


DEFAULT = Limits()
