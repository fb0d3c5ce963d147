"""SQLAlchemy lives here and nowhere else: the book, its tables, its journal."""
