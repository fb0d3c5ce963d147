"""What to tell after people were exported, and what the folder of a whole book says of itself."""

from crm.wording.speech import count, say

_README = """This folder holds a whole Keepwarm book, as it was when it was exported.

contacts.vcf   everyone as vCards, for any address book
book.json      everything, row by row: people, companies, touches, check-ins, tags and what belongs to them
photos         pictures, named by what is in them
files          what you attached to opportunities

To bring it back, import this folder into an empty book: "keepwarm import FOLDER". Into a book that isn't empty only
the contacts are imported. Nothing here is encrypted: whoever can read this folder can read your notes.
"""


def exported_people(people: int, file: str) -> str:
    """Return "1,284 people saved to contacts.vcf."."""
    return count(people, "{n} person saved to {file}.", "{n} people saved to {file}.", file=file)


def book_readme() -> str:
    """Return what the folder of a whole book says of itself."""
    return say(_README)
