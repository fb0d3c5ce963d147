"""What an export of people is of: the form, whom, and how the files are to be."""

from dataclasses import dataclass
from enum import StrEnum

from crm.domain.query import PeopleQuery


class ExportForm(StrEnum):
    """What is written. BOOK and FOLDER hold the whole book, and only that."""

    VCARD = "vcard"
    VCARD_EACH = "vcard_each"
    CSV = "csv"
    GOOGLE_CSV = "google_csv"
    BOOK = "book"
    FOLDER = "folder"


WHOLE = frozenset({ExportForm.BOOK, ExportForm.FOLDER})
FOLDERS = frozenset({ExportForm.VCARD_EACH, ExportForm.FOLDER})


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom to export: these people, those that all queries list, or everybody and every company (nothing said)."""

    people: tuple[int, ...] = ()
    queries: tuple[PeopleQuery, ...] = ()

    @property
    def everybody(self) -> bool:
        """Say whether nobody is left out."""
        return not self.people and not self.queries


@dataclass(frozen=True, slots=True)
class PeopleExport:
    """What to write. `excel`: a table begins with the mark that Excel knows UTF-8 by. `readme` goes into a folder.

    `replace`: what stands there may be replaced; of a folder only files of the same names. Without `photos` cards go
    without pictures.
    """

    form: ExportForm
    whom: Whom = Whom()
    version: str = "3.0"
    excel: bool = True
    photos: bool = True
    replace: bool = False
    readme: str = ""
