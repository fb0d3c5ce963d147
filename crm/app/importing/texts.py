"""What the records of an import are found by when the user searches among them."""

from array import array
from collections.abc import Iterator, Sequence

from crm.app.importing.reading import ReadFiles
from crm.domain.folding import fold
from crm.domain.importrecord import Record
from crm.domain.person import ContactKind, made_name

_CHUNK = 5_000  # lines that wait as one text


class Texts:
    """The names, titles, companies and e-mail addresses of all lines, folded: made at the first search."""

    def __init__(self, read: ReadFiles) -> None:
        self._read = read
        self._places: list[tuple[int, int]] = []

    def find(self, words: Sequence[str]) -> "array[int]":
        """Return the lines in which each of these folded words stands."""
        if not self._places:
            self._places = list(self._made())
        found = array("q")
        for number, place in enumerate(self._places):
            lines = self._read.spill.read(place).decode("utf-8", "surrogatepass").split("\n")
            for line, text in enumerate(lines, number * _CHUNK):
                if all(word in text for word in words):
                    found.append(line)
        return found

    def _made(self) -> Iterator[tuple[int, int]]:
        read = self._read
        for first in range(0, read.read, _CHUNK):
            records = map(read.record, range(first, min(first + _CHUNK, read.read)))
            texts = ["" if record is None else fold(" ".join(shown(record))) for record in records]
            yield read.spill.keep("\n".join(texts).encode("utf-8", "surrogatepass"))


def shown(record: Record) -> tuple[str, str, str, str]:
    """Return the name, title, company and e-mail address of a line."""
    draft, company = record.card.person, record.card.company
    if draft is None:
        return (company.name if company else record.card.name), "", "", ""
    position = draft.positions[0] if draft.positions else None
    email = next((point.value for point in draft.contacts if point.kind is ContactKind.EMAIL), "")
    return made_name(draft), position.title if position else "", position.company if position else "", email
