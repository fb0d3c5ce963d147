"""Pictures of people. The core never decodes one: the window renders them and hands its own JPEG back."""

from crm.app.books import Book
from crm.domain.changes import Op
from crm.domain.person import PersonId
from crm.store import photos


def photo(book: Book, sha: str) -> bytes | None:
    """Return our own JPEG of the picture with this content address, None until it was rendered."""
    with book.read() as session:
        return photos.shown(session, sha)


def raw_photo(book: Book, person: PersonId) -> bytes | None:
    """Return a person's picture as it came, unchecked; None when there is none, or it was rendered or refused."""
    with book.read() as session:
        return photos.unrendered(session, person)


def keep_photo(book: Book, person: PersonId, jpeg: bytes | None) -> None:
    """Keep the JPEG that was rendered of a person's picture; None: it can't be shown, don't try again.

    What is shown follows from what came, so this is no step of the history.
    """
    with book.write(Op.EDIT_PERSON) as session:
        photos.keep(session, person, jpeg)
