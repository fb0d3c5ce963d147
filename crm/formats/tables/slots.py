"""What one column of a table holds, in more detail than a user chooses: of which number, which address, which job."""

from dataclasses import dataclass
from enum import StrEnum

from crm.domain.columns import ColumnField


class Layout(StrEnum):
    """Whose table it is."""

    CONNECTIONS = "LinkedIn"
    MESSAGES = "LinkedIn messages"
    INVITATIONS = "LinkedIn invitations"
    NOTES = "LinkedIn notes"
    PROFILE = "LinkedIn profile"
    GOOGLE = "Google"
    OUTLOOK = "Outlook"
    OTHER = ""


BIRTH = "birth"  # the group of the columns of one birthday; their type says which part of it


@dataclass(frozen=True, slots=True)
class Slot:
    """A column. `group` ties the parts of one address, job or birthday, and a label to its value; `label`: it is the label."""

    field: ColumnField = ColumnField.IGNORE
    types: tuple[str, ...] = ()
    group: str = ""
    label: bool = False
