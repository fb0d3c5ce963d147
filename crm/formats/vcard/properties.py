"""A card's lines → the card as it is kept, and what its properties say, gathered."""

import hashlib

from crm.domain.card import Problem, ProblemCode, SourceProperty
from crm.domain.folding import clean
from crm.formats.vcard.codepages import CodePage
from crm.formats.vcard.gathering import READERS, Gathered, reader_of
from crm.formats.vcard.heads import Head, Heads, head_end
from crm.formats.vcard.limits import DEFAULT, Limits
from crm.formats.vcard.lines import UNPARSED, Line
from crm.formats.vcard.wrapping import Unwrapped, unwrap

# Stands before the content address of binary content. No file can bring it: control characters are taken out first.
BLOB = "\x02"
_BLOB_LENGTH = 1 + 64
_SHORT = 256  # a plain value shorter than this needs no look at limits, and is no picture
_FINDINGS_KEPT = 100
_DETAIL = 60


class Properties:
    """Reads lines one by one. VERSION isn't kept: the draft has it, and whoever writes a card writes their own.

    `raw` is each line as it is kept: its head without the wrapping's parameters, a colon, its value out of the
    wrapping but still escaped, so that it can go out again as it came; binary content is in `blobs`, by its address.
    """

    def __init__(self, file: str, page: CodePage, limits: Limits, problems: list[Problem]) -> None:
        self.raw: list[str] = []
        self.blobs: dict[str, bytes] = {}
        self._file = file
        self._page = page
        self._limits = limits
        self._problems = problems

    def gather(self, lines: list[Line], found: Gathered) -> None:
        """Read all lines into `found`."""
        keep = self.raw.append
        reader_by_key = READERS.get
        for line in lines:
            _, head, text = line
            reader = reader_by_key(head.key)
            if reader is None or not head.simple or len(text) > _SHORT:
                self._gather_with_care(line, found)
                continue
            keep(f"{head.written}:{text}")
            reader(found, head, text)
            if found.finding is not None:
                self._find(line, found.finding)
                found.finding = None

    def _gather_with_care(self, line: Line, found: Gathered) -> None:
        _, head, text = line
        if head.key == "VERSION":
            return
        value = unwrap(head, text, self._page, self._limits)
        code = value.problem or (ProblemCode.TOO_LARGE if head.cut else None)
        if head is UNPARSED:
            code = ProblemCode.UNREADABLE_LINE
        if not value.dropped:
            self._keep(head, value, found)
        code = code or found.finding
        found.finding = None
        if code is not None:
            self._find(line, code)

    def _keep(self, head: Head, value: Unwrapped, found: Gathered) -> None:
        if value.blob is None:
            self.raw.append(f"{head.written}:{value.value}")
            read_value(head, value.value, found)
            return
        sha = hashlib.sha256(value.blob).hexdigest()
        self.blobs[sha] = value.blob
        self.raw.append(f"{_with_media_type(head, value.media_type)}:{BLOB}{sha}")
        read_blob(head, sha, found)

    def _find(self, line: Line, code: ProblemCode) -> None:
        if len(self._problems) < _FINDINGS_KEPT:
            number, head, text = line
            detail = text[:_DETAIL] if head is UNPARSED else f"{head.name}:{text[:_DETAIL]}"
            self._problems.append(Problem(self._file, number, code, clean(detail), fatal=False))


def properties(raw: str, version: str, *, limits: Limits = DEFAULT) -> tuple[SourceProperty, ...]:
    """Return the properties of a card that was kept, in their order, each with the field of ours that it fills."""
    heads = Heads(limits)
    found = Gathered(limits.values, old=version == "2.1")
    listed: list[SourceProperty] = []
    for line in raw.split("\n") if raw else ():
        end = head_end(line)
        head, value = heads.parse(line[:end]) or UNPARSED, line[end + 1 :]
        if value[:1] == BLOB and len(value) == _BLOB_LENGTH:
            sha = value[1:]
            filled = read_blob(head, sha, found)
            listed.append(SourceProperty(head.name, "", head.group, head.params, sha, filled))
        else:
            filled = read_value(head, value, found)
            listed.append(SourceProperty(head.name, value, head.group, head.params, "", filled))
    return tuple(listed)


def read_value(head: Head, value: str, found: Gathered) -> str:
    """Read a value into `found`; return the field it filled."""
    reader = READERS.get(head.key) or reader_of(head.key)
    return reader(found, head, value) if reader is not None else ""


def read_blob(head: Head, sha: str, found: Gathered) -> str:
    """Read binary content into `found`; return the field it filled."""
    if head.key != "PHOTO" or found.photo:
        return ""
    found.photo = sha
    return "photo"


def _with_media_type(head: Head, media_type: str) -> str:
    """A `data:` URI says what it holds; its bytes alone don't."""
    if not media_type or any(name == "MEDIATYPE" for name, _ in head.params):
        return head.written
    bare = media_type.replace('"', "")
    return (
        f'{head.written};MEDIATYPE="{bare}"' if set(bare) & set(",;:") else f"{head.written};MEDIATYPE={bare}"
    )
