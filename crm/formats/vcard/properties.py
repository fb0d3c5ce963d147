"""A card's lines → its raw properties, in their order, and what they say, gathered."""

from crm.domain.card import Problem, ProblemCode, SourceProperty
from crm.domain.folding import clean
from crm.formats.vcard.codepages import CodePage
from crm.formats.vcard.gathering import READERS, Gathered, reader_of
from crm.formats.vcard.heads import Head, Params
from crm.formats.vcard.limits import Limits
from crm.formats.vcard.lines import UNPARSED, Line
from crm.formats.vcard.wrapping import Unwrapped, unwrap

_SHORT = 256  # a plain value shorter than this needs no look at limits, and is no picture
_FINDINGS_KEPT = 100
_DETAIL = 60


class Properties:
    """Reads lines one by one. VERSION isn't kept: the draft has it, and whoever writes a card writes their own."""

    def __init__(self, file: str, page: CodePage, limits: Limits, problems: list[Problem]) -> None:
        self.properties: list[SourceProperty] = []
        self._file = file
        self._page = page
        self._limits = limits
        self._problems = problems

    def gather(self, lines: list[Line], found: Gathered) -> None:
        """Read all lines into `found`."""
        keep = self.properties.append
        reader_by_key = READERS.get
        for line in lines:
            _, head, text = line
            reader = reader_by_key(head.key)
            if reader is None or not head.simple or len(text) > _SHORT:
                self._gather_with_care(line, found)
                continue
            keep(SourceProperty(head.name, text, head.group, head.params, None, reader(found, head, text)))
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
        if value.blob is not None:
            filled = ""
            if head.key == "PHOTO" and found.photo is None:
                found.photo, filled = value.blob, "photo"
            params = _with_media_type(head.params, value.media_type)
            self.properties.append(SourceProperty(head.name, "", head.group, params, value.blob, filled))
            return
        reader = READERS.get(head.key) or reader_of(head.key)
        filled = reader(found, head, value.value) if reader is not None else ""
        self.properties.append(SourceProperty(head.name, value.value, head.group, head.params, None, filled))

    def _find(self, line: Line, code: ProblemCode) -> None:
        if len(self._problems) < _FINDINGS_KEPT:
            number, head, text = line
            detail = text[:_DETAIL] if head is UNPARSED else f"{head.name}:{text[:_DETAIL]}"
            self._problems.append(Problem(self._file, number, code, clean(detail), fatal=False))


def _with_media_type(params: Params, media_type: str) -> Params:
    """A `data:` URI says what it holds; its bytes alone don't."""
    if not media_type or any(name == "MEDIATYPE" for name, _ in params):
        return params
    return (*params, ("MEDIATYPE", (media_type,)))
