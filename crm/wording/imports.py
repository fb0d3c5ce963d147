"""What an import found, in words: problems, verdicts, why a record is taken for someone known."""

from crm.domain.card import Problem, ProblemCode
from crm.domain.columns import ColumnField
from crm.domain.importplan import Choice, MatchReason, Verdict
from crm.errors import ErrorCode
from crm.wording.speech import count, say, shortened

# Those that end in "{detail}" show what stood there; the others' details are for logs.
_PROBLEMS = {
    ProblemCode.NO_NAME: "No name, company, email or phone number in it",
    ProblemCode.EMPTY_CARD: "Nothing in it",
    ProblemCode.TOO_LARGE: "Larger than {detail} MB",
    ProblemCode.TOO_DEEP: "Cards inside cards inside cards",
    ProblemCode.TOO_MANY_PROPERTIES: "More than {detail} fields; the rest was left out",
    ProblemCode.BROKEN: "Damaged in a way we can’t read",
    ProblemCode.MISSING_END: "Its end is missing",
    ProblemCode.BAD_DATE: "A date we can’t read; kept as text: {detail}",
    ProblemCode.BAD_ENCODING: "Some letters may be wrong: {detail}",
    ProblemCode.BAD_PICTURE: "A picture we can’t read",
    ProblemCode.HIDDEN_MEMBER: "This member hides their profile: LinkedIn tells only the date",
    ProblemCode.UNREADABLE_LINE: "A line we can’t read; kept as it is: {detail}",
}
_FILES = {
    ErrorCode.FILE_UNKNOWN: "Not a file of contacts that we know",
    ErrorCode.ARCHIVE_DAMAGED: "Damaged, or protected by a password",
    ErrorCode.ARCHIVE_NESTED: "An archive in an archive isn’t opened; unpack it and import it by itself",
    ErrorCode.FILE_UNREADABLE: "The file can’t be opened",
    ErrorCode.FILE_EMPTY: "No contacts in the file",
}
_UNDETAILED = {
    ProblemCode.TOO_LARGE: "Too large to read",
    ProblemCode.BAD_DATE: "A date we can’t read",
    ProblemCode.TOO_MANY_PROPERTIES: "Too many fields; the rest was left out",
}
_DETAIL_MOST = 80
_VERDICTS = {
    Verdict.NEW: ("New", "ok"),
    Verdict.UPDATE: ("Update", "info"),
    Verdict.SAME: ("Already here", "neutral"),
    Verdict.FAILED: ("Can’t read", "bad"),
    Verdict.NOBODY: ("Hidden", "neutral"),
    Verdict.POSSIBLE: ("Duplicate?", "warn"),
}
_REASONS = {
    MatchReason.UID: "same card as before",
    MatchReason.EMAIL: "same email",
    MatchReason.LINKEDIN: "same LinkedIn profile",
    MatchReason.NAME_AND_PHONE: "same name and phone number",
    MatchReason.COMPANY_NAME: "same company name",
    MatchReason.SAME_FILE: "twice in this file",
}
_CHOICES = {
    Choice.MERGE: "Merge",
    Choice.KEEP_BOTH: "Keep both",
    Choice.SKIP: "Skip",
    Choice.ALWAYS_SKIP: "Always skip",
}
_FIELDS = {
    "name": "Name", "display_name": "Name", "emails": "Email", "email": "Email", "phones": "Phone", "phone": "Phone",
    "positions": "Position", "company": "Company", "title": "Title", "notes": "Notes", "tags": "Tags", "tag": "Tag",
    "dates": "Dates", "birthday": "Birthday", "photo": "Picture", "nicknames": "Nickname", "linkedin": "LinkedIn",
    "met_on": "Met on",
    "address": "Address", "link": "Link", "messaging": "Messaging", "related": "Related", "site": "Website",
    "members": "People", "how_met": "How you met", "every": "How often", "touches": "Touches", "department": "Department", "industry": "Industry", "size": "Size",
    "place": "Place", "anniversary": "Anniversary", "other": "Date", "uid": "Card number", "contacts": "Contact",
}  # fmt: skip
# What a column may mean, where it isn't called as the field it fills.
_COLUMNS = {
    ColumnField.IGNORE: "Not used, but kept", ColumnField.NAME: "Full name", ColumnField.GIVEN: "First name",
    ColumnField.MIDDLE: "Middle name", ColumnField.FAMILY: "Last name", ColumnField.PREFIX: "Form of address",
    ColumnField.SUFFIX: "Name suffix", ColumnField.TITLE: "Job title", ColumnField.LINK: "Web page",
    ColumnField.RELATED: "Related person", ColumnField.ADDRESS: "Whole address", ColumnField.REGION: "State or region",
    ColumnField.PO_BOX: "PO box", ColumnField.EXTENDED: "Address, more", ColumnField.DATE: "Another date",
    ColumnField.MET_ON: "Met or connected on", ColumnField.MESSAGING: "Messaging name",
}  # fmt: skip


def is_whole_file(found: Problem) -> bool:
    """Say whether it is a file that couldn't be read, not one of its records."""
    return found.detail in ErrorCode.__members__.values()


def problem(found: Problem) -> str:
    """Return why a record, or a part of it, couldn't be read."""
    if is_whole_file(found):
        return say(_FILES.get(ErrorCode(found.detail), _PROBLEMS[found.code]))
    words = _PROBLEMS[found.code]
    detail = shortened(found.detail, _DETAIL_MOST)
    if not detail:
        words = _UNDETAILED.get(found.code) or words.removesuffix(": {detail}")
    return say(words, detail=detail) if "{" in words else say(words)


def problem_at(found: Problem) -> str:
    """Return "Contacts.vcf, line 12: Its end is missing", for text that was pasted "Line 12: …", for a file "Contacts.vcf: …"."""
    if is_whole_file(found):
        return say("{file}: {why}", file=found.file, why=problem(found))
    words = "{file}, line {line}: {why}" if found.file else "Line {line}: {why}"
    return say(words, file=found.file, line=f"{found.line:,}", why=problem(found))


def verdict(what: Verdict) -> tuple[str, str]:
    """Return the words and the tone of a record's pill."""
    words, tone = _VERDICTS[what]
    return say(words), tone


def match_reason(why: MatchReason) -> str:
    """Return "same email"."""
    return say(_REASONS[why])


def choice(what: Choice) -> str:
    """Return "Keep both"."""
    return say(_CHOICES[what])


def field(name: str) -> str:
    """Return the name of a field as the review shows it."""
    return say(_FIELDS.get(name, name.replace("_", " ").capitalize()))


def column_field(what: ColumnField) -> str:
    """Return what a column means: "First name", "Email", "Not used, but kept"."""
    return say(_COLUMNS[what]) if what in _COLUMNS else field(what.value)


def touches_read(new: int, known: int, strangers: int) -> str:
    """Return "Messages and invitations: 42 become touches, 3 are here already, 5 are with people who aren’t."."""
    told = (
        (new, "{n} becomes a touch", "{n} become touches"),
        (known, "{n} is here already", "{n} are here already"),
        (strangers, "{n} is with somebody who isn’t here", "{n} are with people who aren’t here"),
    )
    said = ", ".join(count(number, one, many) for number, one, many in told if number)
    return say("Messages and invitations: {what}.", what=said) if said else ""
