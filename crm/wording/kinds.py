"""Names of the kinds of things: touches, directions, contact points, dates, standings."""

from crm.domain.person import ContactKind, DateKind, Standing
from crm.domain.touch import Direction, TouchKind
from crm.wording.speech import say

_TOUCHES = {
    TouchKind.CALL: ("Call", "You called {who}", "{who} called you", "Call with {who}"),
    TouchKind.EMAIL: ("Email", "You emailed {who}", "{who} emailed you", "Emails with {who}"),
    TouchKind.MESSAGE: ("Message", "You messaged {who}", "{who} messaged you", "Messages with {who}"),
    TouchKind.MEETING: ("Meeting", "You met {who}", "{who} met you", "Meeting with {who}"),
    TouchKind.COFFEE: ("Coffee", "Coffee with {who}", "Coffee with {who}", "Coffee with {who}"),
    TouchKind.EVENT: ("Event", "Event with {who}", "Event with {who}", "Event with {who}"),
    TouchKind.COMMENT: (
        "Comment",
        "You commented on {who}’s post",
        "{who} commented on your post",
        "Comments with {who}",
    ),
    TouchKind.LETTER: ("Letter", "You wrote to {who}", "{who} wrote to you", "Letters with {who}"),
    TouchKind.OTHER: ("Other", "You were in touch with {who}", "{who} was in touch", "In touch with {who}"),
    TouchKind.NOTE: ("Note", "Note", "Note", "Note"),
}
_DIRECTIONS = {
    Direction.SENT: "I reached out",
    Direction.HEARD: "They reached out",
    Direction.TOGETHER: "Together",
}
_CONTACTS = {
    ContactKind.EMAIL: "Email",
    ContactKind.PHONE: "Phone",
    ContactKind.ADDRESS: "Address",
    ContactKind.LINK: "Link",
    ContactKind.MESSAGING: "Messaging",
    ContactKind.RELATED: "Related",
}
_DATES = {DateKind.BIRTHDAY: "Birthday", DateKind.ANNIVERSARY: "Anniversary", DateKind.OTHER: "Date"}
_STANDINGS = {
    Standing.ACTIVE: "Active",
    Standing.ARCHIVED: "Archived",
    Standing.DECEASED: "Has died",
    Standing.LEFT: "Out of touch for good",
}


def touch_kind(kind: TouchKind) -> str:
    """Return "Coffee"."""
    return say(_TOUCHES[kind][0])


def touch_word(kind: TouchKind) -> str:
    """Return "coffee", as in "last touch 48 days ago: coffee"; "" for what says nothing."""
    return "" if kind is TouchKind.OTHER else say(_TOUCHES[kind][0].lower())


def touch_title(kind: TouchKind, direction: Direction, who: str) -> str:
    """Return the heading of a timeline entry: "You emailed Tomás", "Coffee with Tomás"."""
    place = {Direction.SENT: 1, Direction.HEARD: 2, Direction.TOGETHER: 3}[direction]
    return say(_TOUCHES[kind][place], who=who)


def direction(who: Direction) -> str:
    """Return "I reached out"."""
    return say(_DIRECTIONS[who])


def contact_kind(kind: ContactKind, label: str = "") -> str:
    """Return the label the user's file gave, else the kind's name."""
    return label or say(_CONTACTS[kind])


def date_kind(kind: DateKind, label: str = "") -> str:
    """Return the date's label, else its kind's name."""
    return label or say(_DATES[kind])


def standing(what: Standing) -> str:
    """Return "Archived"."""
    return say(_STANDINGS[what])
