"""What the export of people offers, and how it is worded: forms, versions, whom, what stays out."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from crm import wording
from crm.domain.company import CompanyId
from crm.domain.exportform import WHOLE, ExportForm, Whom
from crm.domain.query import CompanyQuery, PeopleFilter, PeopleQuery
from crm.gui.session import Session

if TYPE_CHECKING:
    from crm.app.exporting import ExportPreview

EVERYBODY = Whom()
LISTED = Whom(queries=(PeopleQuery(),))
"""Everybody but those who are archived."""
ENDINGS = {
    ExportForm.VCARD: ".vcf",
    ExportForm.CSV: ".csv",
    ExportForm.GOOGLE_CSV: ".csv",
    ExportForm.BOOK: ".json",
}
"""Of the forms that are one file."""
CARDS = frozenset({ExportForm.VCARD, ExportForm.VCARD_EACH})
_MOST_COMPANIES = 500


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen of the book: companies where somebody works, tags somebody has."""

    companies: tuple[tuple[CompanyId, str], ...] = ()
    tags: tuple[str, ...] = ()


def ask(session: Session) -> Choices:
    """Ask the book."""
    from crm.app import browse  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    ids = browse.company_ids(session.book, CompanyQuery())[:_MOST_COMPANIES]
    companies = [(one.id, one.name) for one in browse.company_rows(session.book, ids) if one.people]
    tags = [tag.name for tag, people in browse.tags(session.book) if people]
    return Choices(tuple(companies), tuple(tags))


def preview(session: Session, whom: Whom) -> "ExportPreview":
    """Return whom an export takes."""
    from crm.app import exporting  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    return exporting.preview(session.book, whom, today=session.today())


def forms() -> list[tuple[ExportForm, str]]:
    """Return the forms, in words."""
    return [
        (ExportForm.VCARD, _tr("vCard, one file (.vcf)")),
        (ExportForm.VCARD_EACH, _tr("vCard, a file for each person")),
        (ExportForm.CSV, _tr("Table for spreadsheets (.csv)")),
        (ExportForm.GOOGLE_CSV, _tr("Table for Google Contacts (.csv)")),
        (ExportForm.FOLDER, _tr("Everything, as a folder")),
        (ExportForm.BOOK, _tr("Everything, in one file (.json)")),
    ]


def versions() -> list[tuple[str, str]]:
    """Return the versions of vCard, the one that every program reads first."""
    return [(version, version) for version in ("3.0", "4.0")]


def purpose(form: ExportForm) -> str:
    """Return what a form is for."""
    return {
        ExportForm.VCARD: _tr(
            "For phones, iCloud, Google, Outlook, nearly every address book. Few read 4.0."
        ),
        ExportForm.VCARD_EACH: _tr("For classic Outlook, which reads only the first card of a file."),
        ExportForm.CSV: _tr("For Excel, Numbers, LibreOffice. A row for each person."),
        ExportForm.GOOGLE_CSV: _tr("For contacts.google.com. It reads vCards too, which hold more."),
        ExportForm.FOLDER: _tr("vCards for any program, and all of this book, to keep or to move."),
        ExportForm.BOOK: _tr("All of this book with its pictures, to keep or to move."),
    }[form]


def left_out(form: ExportForm, *, photos: bool) -> str:
    """Return what stays behind, whoever is exported."""
    if form in WHOLE:
        return _tr(
            "Imports into an empty book as it is now. Left out: what Undo remembers, and backups. Not encrypted."
        )
    if form in CARDS and photos:
        return _tr("Left out: touches, check-ins and opportunities. vCards have no place for them.")
    if form in CARDS:
        return _tr("Left out: photos, touches, check-ins and opportunities.")
    return _tr("Left out: photos, touches, check-ins, opportunities, and what cards held beyond our fields.")


def scopes(found: Choices, shown: tuple[Whom, ...]) -> list[tuple[Whom, str]]:
    """Return whom can be exported, in words; what a page shows comes first."""
    tags = [
        (Whom(queries=(PeopleQuery(tag=tag),)), wording.say(_tr("People tagged {tag}"), tag=tag))
        for tag in found.tags
    ]
    companies = [
        (
            Whom(queries=(PeopleQuery(company_id=company),)),
            wording.say(_tr("People at {company}"), company=name),
        )
        for company, name in found.companies
    ]
    return [*((whom, _shown(whom)) for whom in shown), (LISTED, _tr("Everyone")), *tags, *companies]


def _shown(whom: Whom) -> str:
    if whom.people:
        return wording.count(len(whom.people), "{n} selected person", "{n} selected people")
    (query,) = whom.queries
    if query.text.strip():
        return wording.say(_tr("People who match “{words}”"), words=query.text.strip())
    return {
        PeopleFilter.ALL: _tr("Everyone"),
        PeopleFilter.DUE: _tr("People who are due"),
        PeopleFilter.LOSING_TOUCH: _tr("People you’re losing touch with"),
        PeopleFilter.NO_PLAN: _tr("People without a plan"),
        PeopleFilter.STARRED: _tr("Starred people"),
        PeopleFilter.ARCHIVED: _tr("Archived people"),
    }[query.show]


def _tr(words: str) -> str:
    return QCoreApplication.translate("ExportPeople", words)
