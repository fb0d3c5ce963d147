"""Where records come from: files, folders of them, and archives, which are read without being extracted."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from crm.app.exporting import BOOK_FILE, FILES
from crm.domain.folding import clean
from crm.errors import ErrorCode, KeepwarmError
from crm.files import is_held
from crm.formats import zips

_ARCHIVE = ".zip"
_ENDINGS = (".vcf", ".vcard", ".csv", ".tsv", _ARCHIVE)
# What else is in LinkedIn's export, as `_squeezed` writes it: of the user themselves, of advertisements and the like.
_LINKEDIN_OTHERS = frozenset({
    "accountstatushistory", "adsclicked", "adtargeting", "causesyoucareabout", "certifications",
    "coachmessages", "comments", "companyfollows", "courses", "education", "emailaddresses",
    "endorsementgiveninfo", "endorsementreceivedinfo", "events", "groupposts", "groups", "guidemessages",
    "hashtagfollows", "honors", "importedcontacts", "inferencesaboutyou", "instantreposts", "interests",
    "jobapplicantsavedanswers", "jobapplicantsavedscreeningquestionresponses", "jobapplications",
    "jobseekerpreferences", "lanadsengagement", "languages", "learning", "learningcoachmessages",
    "learningroleplaymessages", "logins", "memberfollows", "organizations", "patents", "phonenumbers",
    "positions", "privateidentityasset", "profilesummary", "projects", "publications", "reactions", "receipts",
    "receiptsv2", "recommendationsgiven", "recommendationsreceived", "registration", "richmedia",
    "savedanswers", "saveditems", "savedjobalerts", "savedjobs", "searchqueries", "securitychallenges",
    "shares", "skills", "testscores", "verifications", "videos", "volunteering", "volunteeringexperiences",
    "votes", "whatsappphonenumbers",
})  # fmt: skip
_LINKEDIN_SIGNS = frozenset({"connections.csv", "messages.csv", "invitations.csv"})
_HEAD = 8


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: on the disk, or in the archive at `path`.

    `folder` tells where it is in what was given, and `error` what keeps it from being read.
    """

    path: Path
    size: int
    name: str
    folder: str
    member: zips.Member | None = None
    error: KeepwarmError | None = None

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Open it to read it once, from its beginning. Raises `KeepwarmError` (unreadable), also while it is read."""
        if self.error is not None:
            raise self.error
        try:
            with self.path.open("rb") as stream:
                if self.member is None:
                    yield stream
                else:
                    with zips.opened(stream, self.member) as unpacked:
                        yield unpacked
        except zips.DamagedZip as error:
            raise damaged(self.path) from error


def sources(path: Path) -> Iterator[Source]:
    """Yield what a path holds: a file itself, what is in an archive, in a folder everything that may hold contacts.

    Hidden and linked folders are left out, and so are files attached in an exported book. What can't be read is among
    them, and says why when it is opened.
    """
    if not path.is_dir():
        yield from _of_file(path, path.parent.name)
        return
    for folder, folders, names in os.walk(path):
        attached = FILES if BOOK_FILE in names else ""  # a résumé in a book that was exported is no contact
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != attached)
        for name in _chosen(names):
            below = Path(path.name, Path(folder).relative_to(path)).as_posix()
            yield from _of_file(Path(folder) / name, below)


def told_apart(found: Sequence[Source]) -> list[Source]:
    """Return the same, with the folder before the name where several have one name."""
    times = Counter(source.name for source in found)
    return [
        replace(source, name=str(PurePosixPath(source.folder, source.name)))
        if times[source.name] > 1
        else source
        for source in found
    ]


def unreadable(file: Path, error: OSError) -> KeepwarmError:
    """Return what to say of a file that the system doesn't let us read."""
    return KeepwarmError(ErrorCode.FILE_UNREADABLE, path=str(file), why=error.strerror or str(error))


def damaged(file: Path) -> KeepwarmError:
    """Return what to say of an archive that is damaged, encrypted or a bomb."""
    return KeepwarmError(ErrorCode.ARCHIVE_DAMAGED, path=str(file))


def _of_file(path: Path, below: str) -> Iterator[Source]:
    one = Source(path, 0, path.name, below)
    if is_held(path):  # an open book
        yield replace(one, error=KeepwarmError(ErrorCode.FILE_UNKNOWN, path=str(path)))
        return
    try:
        with path.open("rb") as stream:
            size = path.stat().st_size
            if not zips.looks_like_zip(stream.read(_HEAD)):
                yield replace(one, size=size)
                return
            found = zips.members(stream)
    except zips.DamagedZip:
        yield replace(one, error=damaged(path))
        return
    except OSError as error:
        yield replace(one, error=unreadable(path, error))
        return
    by_folder: dict[str, list[zips.Member]] = {}
    for member in found:
        by_folder.setdefault(member.folder, []).append(member)
    for folder in sorted(by_folder):
        if any(part.startswith((".", "__MACOSX")) and part.strip(".") for part in folder.split("/")):
            continue  # hidden, or the shadows that macOS packs
        names = {member.name: member for member in reversed(by_folder[folder])}
        inside = clean("/".join(filter(None, (below, path.name, folder))))
        for name in _chosen(list(names)):
            if name.lower().endswith(_ARCHIVE):  # which may be a bomb however deep
                nested = KeepwarmError(ErrorCode.ARCHIVE_NESTED, path=str(path), name=name)
                yield Source(path, 0, name, inside, error=nested)
            else:
                yield Source(path, names[name].size, name, inside, names[name])


def _chosen(names: Sequence[str]) -> list[str]:
    """Return those names of one folder that may hold contacts, in their order."""
    shown = sorted(name for name in names if not name.startswith(".") and name.lower().endswith(_ENDINGS))
    if _LINKEDIN_SIGNS.isdisjoint(name.lower() for name in shown):
        return shown
    return [name for name in shown if _squeezed(name) not in _LINKEDIN_OTHERS]


def _squeezed(name: str) -> str:
    """Return "searchqueries" for "Search_Queries.csv" and "SearchQueries.csv": the years write them differently."""
    return name.lower().removesuffix(".csv").replace("_", "").replace(" ", "")
