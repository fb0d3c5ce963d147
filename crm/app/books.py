"""Opening and closing a book: the first thing the window and the command line do."""

from crm.store.book import Book, Listener
from crm.store.opening import open_book

__all__ = ["Book", "Listener", "open_book"]
