"""What was done, for undo, history and toasts. An action's parameters are what its verb noted in the journal."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crm.domain.cadence import Interval, Unit
from crm.domain.changes import Op
from crm.wording.cadences import interval
from crm.wording.days import day, short_day
from crm.wording.speech import count, say

Params = Mapping[str, Any]

# Op: (about one, about several, about nobody named). Labels complete "Undo …", so they start with a verb.
_LABELS: dict[Op, tuple[str, str, str]] = {
    Op.ADD_PERSON: ("Add {who}", "Add {n} people", "Add a person"),
    Op.EDIT_PERSON: ("Edit {who}", "Edit {n} people", "Edit a person"),
    Op.DELETE_PEOPLE: ("Delete {who}", "Delete {n} people", "Delete people"),
    Op.ARCHIVE_PEOPLE: ("Archive {who}", "Archive {n} people", "Archive people"),
    Op.STAR_PEOPLE: ("Star {who}", "Star {n} people", "Star people"),
    Op.TAG_PEOPLE: ("Tag {who}", "Tag {n} people", "Tag people"),
    Op.ADD_COMPANY: ("Add {who}", "Add {n} companies", "Add a company"),
    Op.EDIT_COMPANY: ("Edit {who}", "Edit {n} companies", "Edit a company"),
    Op.DELETE_COMPANIES: ("Delete {who}", "Delete {n} companies", "Delete companies"),
    Op.MERGE_COMPANIES: ("Merge into {who}", "Merge {n} companies into {who}", "Merge companies"),
    Op.LOG_TOUCH: ("Log a touch with {who}", "Log a touch with {who} and {others} more", "Log a touch"),
    Op.EDIT_TOUCH: ("Edit a touch with {who}", "Edit a touch with {who} and {others} more", "Edit a touch"),
    Op.DELETE_TOUCH: (
        "Delete a touch with {who}",
        "Delete a touch with {who} and {others} more",
        "Delete a touch",
    ),
    Op.SET_EVERY: ("Set how often for {who}", "Set how often for {n} people", "Set how often"),
    Op.SNOOZE: ("Snooze {who}", "Snooze {n} people", "Snooze"),
    Op.SKIP: ("Skip {who}", "Skip {n} people", "Skip"),
    Op.REST: ("Let {who} rest", "Let {n} people rest", "Rest"),
    Op.RESUME: ("Resume {who}", "Resume {n} people", "Resume"),
    Op.IMPORT: ("Import {file}", "Import {file}", "Import"),
    Op.SETTINGS: ("Change settings", "Change settings", "Change settings"),
    Op.EXPORT_CALENDAR: ("Export to calendar", "Export to calendar", "Export to calendar"),
    Op.SAMPLE: ("Add the sample people", "Add the sample people", "Add the sample people"),
    Op.REPAIR: ("Repair the book", "Repair the book", "Repair the book"),
}
_DONE: dict[Op, tuple[str, str]] = {
    Op.ADD_PERSON: ("Added {who}.", "Added {n} people."),
    Op.EDIT_PERSON: ("Saved {who}.", "Saved {n} people."),
    Op.DELETE_PEOPLE: ("Deleted {who}.", "Deleted {n} people."),
    Op.ADD_COMPANY: ("Added {who}.", "Added {n} companies."),
    Op.EDIT_COMPANY: ("Saved {who}.", "Saved {n} companies."),
    Op.DELETE_COMPANIES: ("Deleted {who}.", "Deleted {n} companies."),
    Op.MERGE_COMPANIES: ("Merged into {who}.", "Merged {n} companies into {who}."),
    Op.EDIT_TOUCH: ("Saved the touch with {who}.", "Saved the touch with {who} and {others} more."),
    Op.DELETE_TOUCH: ("Deleted the touch with {who}.", "Deleted the touch with {who} and {others} more."),
    Op.REST: ("No check-ins with {who} until you resume.", "No check-ins with {n} people until you resume."),
    Op.RESUME: ("Suggesting check-ins with {who} again.", "Suggesting check-ins with {n} people again."),
    Op.SETTINGS: ("Settings saved.", "Settings saved."),
    Op.SAMPLE: ("Sample people added.", "Sample people added."),
    Op.REPAIR: ("Book repaired.", "Book repaired."),
    Op.EXPORT_CALENDAR: ("Calendar file saved.", "Calendar file saved."),
}


def undo_label(op: Op, params: Params) -> str:
    """Return what was done, as a command: "Log a touch with Ada Lovelace", "Import contacts.vcf"."""
    one, several, nobody = _LABELS[op]
    values = _values(params)
    if op in {Op.TAG_PEOPLE, Op.STAR_PEOPLE} and params.get("on") is False:
        one, several = (
            one.replace("Tag", "Untag").replace("Star", "Unstar"),
            several.replace("Tag", "Untag").replace("Star", "Unstar"),
        )
    if op is Op.ARCHIVE_PEOPLE and params.get("standing") == "active":
        one, several = "Bring back {who}", "Bring back {n} people"
    if not values["who"] and not values["file"]:
        return say(nobody)
    return say(several if values["many"] else one, **values)


def done(op: Op, params: Params, today: date) -> str:
    """Return what to tell once it is done: "Touch logged with Maya. Next check-in 12 Nov."."""
    special = {
        Op.LOG_TOUCH: _logged,
        Op.SNOOZE: _snoozed,
        Op.SKIP: _skipped,
        Op.SET_EVERY: _set_every,
        Op.IMPORT: _imported,
        Op.ARCHIVE_PEOPLE: _archived,
        Op.STAR_PEOPLE: _starred,
        Op.TAG_PEOPLE: _tagged,
    }
    if op in special:
        return special[op](params, today)
    one, several = _DONE[op]
    values = _values(params)
    return (
        say(several if values["many"] else one, **values)
        if values["who"] or "{" not in one
        else say("Saved.")
    )


def _values(params: Params) -> dict[str, Any]:
    number = params.get("count") or 1
    files: Sequence[str] = params.get("files") or []
    name = str(params.get("subject") or "")
    file = (
        count(len(files) - 1, "{file} and {n} more file", "{file} and {n} more files", file=files[0])
        if len(files) > 1
        else ""
    )
    return {
        "who": name,
        "n": f"{number:,}",
        "others": number - 1,
        "many": number > 1,
        "file": file or (str(files[0]) if files else ""),
    }


def _logged(params: Params, today: date) -> str:
    values = _values(params)
    first = say(
        "Touch logged with {who} and {others} more." if values["many"] else "Touch logged with {who}.",
        **values,
    )
    due = params.get("next_due_on")
    return first if not due else " ".join((first, say("Next check-in {day}.", day=_lower(due, today))))


def _snoozed(params: Params, today: date) -> str:
    values = _values(params)
    if not params.get("until"):
        return say("{n} people are back." if values["many"] else "{who} is back.", **values)
    until = short_day(date.fromisoformat(params["until"]), today)
    return say(
        "Snoozed {n} people to {day}." if values["many"] else "Snoozed {who} to {day}.", day=until, **values
    )


def _skipped(params: Params, _today: date) -> str:
    values = _values(params)
    return say("Skipped {n} people this time." if values["many"] else "Skipped {who} this time.", **values)


def _set_every(params: Params, _today: date) -> str:
    values = _values(params)
    every = params.get("every")
    if params.get("never"):
        words = say("No check-ins")
    elif every is None:
        words = say("How often follows your rules")
    else:
        words = interval(Interval(int(every[0]), Unit(every[1])))
    if not values["who"]:
        return say("{often}.", often=words)
    return say("{often}: {n} people." if values["many"] else "{often}: {who}.", often=words, **values)


def _imported(params: Params, _today: date) -> str:
    parts = []
    if params.get("added"):
        parts.append(count(params["added"], "Added {n} contact", "Added {n} contacts"))
    if params.get("updated"):
        parts.append(
            count(
                params["updated"],
                "updated {n}" if parts else "Updated {n}",
                "updated {n}" if parts else "Updated {n}",
            )
        )
    return say("{what}.", what=", ".join(parts) or say("Nothing new in the file"))


def _archived(params: Params, _today: date) -> str:
    values = _values(params)
    if params.get("standing") == "active":
        return say("Brought back {n} people." if values["many"] else "Brought back {who}.", **values)
    return say("Archived {n} people." if values["many"] else "Archived {who}.", **values)


def _starred(params: Params, _today: date) -> str:
    values = _values(params)
    verb = say("Unstarred") if params.get("on") is False else say("Starred")
    return say("{verb} {n} people." if values["many"] else "{verb} {who}.", verb=verb, **values)


def _tagged(params: Params, _today: date) -> str:
    values = _values(params) | {"tag": params.get("tag", "")}
    if params.get("on") is False:
        return say(
            "Removed tag {tag} from {n} people." if values["many"] else "Removed tag {tag} from {who}.",
            **values,
        )
    return say("Tagged {n} people {tag}." if values["many"] else "Tagged {who} {tag}.", **values)


def _lower(iso: str, today: date) -> str:
    """Return the day within a sentence: "today", "tomorrow", "12 Nov"."""
    words = day(date.fromisoformat(iso), today)
    return words.lower() if words in {say("Today"), say("Tomorrow"), say("Yesterday")} else words
