"""What was done, as a command, for undo and history. An action's parameters are what its verb noted in the journal."""

from collections.abc import Mapping
from typing import Any

from crm.domain.changes import Op
from crm.domain.person import Standing
from crm.domain.reasons import Offer
from crm.domain.touch import TouchKind
from crm.wording.speech import count, say

Params = Mapping[str, Any]
Phrase = tuple[str, str, str]
"""The same about one, about several, about nobody named."""

BACK = "back"  # the verb's other direction: untag, bring back
NOTE = "note"
ONCE = "once"  # not for good
KEPT, KEPT_FOR_GOOD = "kept", "kept_for_good"  # the offer of another interval was refused

# Labels complete "Undo …", so they start with a verb.
_LABELS: dict[Op | tuple[Op, str], Phrase] = {
    Op.ADD_PERSON: ("Add {who}", "Add {n} people", "Add a person"),
    Op.EDIT_PERSON: ("Edit {who}", "Edit {n} people", "Edit a person"),
    Op.DELETE_PEOPLE: ("Delete {who}", "Delete {n} people", "Delete people"),
    Op.MERGE_PEOPLE: ("Merge a person into {who}", "Merge {n} people into {who}", "Merge people"),
    Op.SET_APART: ("Keep {who} apart", "Keep {who} and {others} more apart", "Keep apart"),
    Op.ARCHIVE_PEOPLE: ("Archive {who}", "Archive {n} people", "Archive people"),
    (Op.ARCHIVE_PEOPLE, BACK): ("Bring back {who}", "Bring back {n} people", "Bring people back"),
    (Op.ARCHIVE_PEOPLE, Standing.DECEASED): ("Mark {who} as deceased", "Mark {n} people as deceased", "Mark as deceased"),
    (Op.ARCHIVE_PEOPLE, Standing.LEFT): ("Part with {who}", "Part with {n} people", "Part with people"),
    Op.STAR_PEOPLE: ("Star {who}", "Star {n} people", "Star people"),
    (Op.STAR_PEOPLE, BACK): ("Unstar {who}", "Unstar {n} people", "Unstar people"),
    Op.TAG_PEOPLE: ("Tag {who} {tag}", "Tag {n} people {tag}", "Tag people"),
    (Op.TAG_PEOPLE, BACK): ("Remove tag {tag} from {who}", "Remove tag {tag} from {n} people", "Remove a tag"),
    Op.ADD_COMPANY: ("Add {who}", "Add {n} companies", "Add a company"),
    Op.EDIT_COMPANY: ("Edit {who}", "Edit {n} companies", "Edit a company"),
    Op.DELETE_COMPANIES: ("Delete {who}", "Delete {n} companies", "Delete companies"),
    Op.MERGE_COMPANIES: ("Merge a company into {who}", "Merge {n} companies into {who}", "Merge companies"),
    Op.ADD_OPPORTUNITY: ("Add {who}", "Add {n} opportunities", "Add an opportunity"),
    Op.EDIT_OPPORTUNITY: ("Edit {who}", "Edit {n} opportunities", "Edit an opportunity"),
    Op.MOVE_OPPORTUNITY: ("Move {who}", "Move {n} opportunities", "Move an opportunity"),
    Op.DELETE_OPPORTUNITIES: ("Delete {who}", "Delete {n} opportunities", "Delete opportunities"),
    Op.ARRANGE_BOARD: ("Put {who} elsewhere on the board", "Arrange {n} opportunities", "Arrange the board"),
    Op.ATTACH: ("Attach {who}", "Attach {n} files", "Attach a file"),
    Op.EDIT_ATTACHMENT: ("Rename {who}", "Rename {n} files", "Rename a file"),
    Op.REMOVE_ATTACHMENTS: ("Remove {who}", "Remove {n} files", "Remove files"),
    Op.ADD_INTERVIEW: ("Add a round at {who}", "Add {n} rounds", "Add a round"),
    Op.EDIT_INTERVIEW: ("Edit a round at {who}", "Edit {n} rounds", "Edit a round"),
    Op.DELETE_INTERVIEW: ("Delete a round at {who}", "Delete {n} rounds", "Delete a round"),
    Op.ADD_LESSON: ("Add the lesson “{who}”", "Add {n} lessons", "Add a lesson"),
    Op.EDIT_LESSON: ("Edit the lesson “{who}”", "Edit {n} lessons", "Edit a lesson"),
    Op.ANSWER_LESSON: ("Say whether “{who}” helped", "Say whether {n} lessons helped", "Say whether a lesson helped"),
    Op.DELETE_LESSON: ("Delete the lesson “{who}”", "Delete {n} lessons", "Delete a lesson"),
    Op.ADD_FEEDBACK: ("Record feedback from {who}", "Record feedback", "Record feedback"),
    Op.DELETE_FEEDBACK: ("Delete feedback from {who}", "Delete feedback", "Delete feedback"),
    Op.ADD_PRACTICE: ("Note practice of “{who}”", "Note {n} practices", "Note a practice"),
    Op.DELETE_PRACTICE: ("Delete practice of “{who}”", "Delete {n} practices", "Delete a practice"),
    Op.PLAN_STEPS: ("Start the plan for {who}", "Start the plan for {who}", "Start a plan"),
    Op.WITHDRAW_STEPS: ("Withdraw steps for {who}", "Withdraw steps for {who}", "Withdraw steps"),
    Op.ADD_STEP: ("Add the step “{who}”", "Add {n} steps", "Add a step"),
    Op.CLOSE_STEP: ("Do “{who}”", "Do {n} steps", "Do a step"),
    (Op.CLOSE_STEP, "skipped"): ("Skip “{who}”", "Skip {n} steps", "Skip a step"),
    Op.REOPEN_STEP: ("Open “{who}” again", "Open {n} steps again", "Open a step again"),
    Op.MOVE_STEP: ("Change the day of “{who}”", "Change the days of {n} steps", "Change the day of a step"),
    Op.DELETE_STEP: ("Delete the step “{who}”", "Delete {n} steps", "Delete a step"),
    Op.ASK_INTRODUCTION: ("Ask {who} for an introduction", "Ask {n} people for introductions", "Ask for an introduction"),
    Op.MOVE_INTRODUCTION: ("Introduction by {who}", "{n} introductions", "An introduction"),
    Op.NOTICE: ("Note on {who}", "{n} notes on companies", "A note on a company"),
    Op.EDIT_NOTICED: ("Edit a note on {who}", "Edit {n} notes on companies", "Edit a note on a company"),
    Op.DELETE_NOTICED: ("Delete a note on {who}", "Delete {n} notes on companies", "Delete a note on a company"),
    Op.ADD_EVENT: ("Add {who}", "Add {n} events", "Add an event"),
    Op.EDIT_EVENT: ("Edit {who}", "Edit {n} events", "Edit an event"),
    Op.DELETE_EVENT: ("Delete {who}", "Delete {n} events", "Delete an event"),
    Op.MEET_AT_EVENT: ("Whom you met at {who}", "{n} people you met at {who}", "Whom you met"),
    Op.LOG_TOUCH: ("Log a touch with {who}", "Log a touch with {who} and {others} more", "Log a touch"),
    (Op.LOG_TOUCH, NOTE): ("Write a note about {who}", "Write a note about {who} and {others} more", "Write a note"),
    Op.EDIT_TOUCH: ("Edit a touch with {who}", "Edit a touch with {who} and {others} more", "Edit a touch"),
    (Op.EDIT_TOUCH, NOTE): ("Edit a note about {who}", "Edit a note about {who} and {others} more", "Edit a note"),
    Op.DELETE_TOUCH: ("Delete a touch with {who}", "Delete a touch with {who} and {others} more", "Delete a touch"),
    (Op.DELETE_TOUCH, NOTE): ("Delete a note about {who}", "Delete a note about {who} and {others} more", "Delete a note"),
    Op.SET_EVERY: ("Set how often for {who}", "Set how often for {n} people", "Set how often"),
    (Op.SET_EVERY, "tag"): ("Set how often for tag {who}", "Set how often for {n} tags", "Set how often for a tag"),
    (Op.SET_EVERY, "company"): ("Set how often at {who}", "Set how often at {n} companies", "Set how often at a company"),
    (Op.SET_EVERY, "book"): ("Set your default for how often",) * 3,
    Op.SNOOZE: ("Snooze {who}", "Snooze {n} people", "Snooze"),
    (Op.SNOOZE, BACK): ("End the snooze of {who}", "End the snooze of {n} people", "End a snooze"),
    Op.SKIP: ("Skip {who}", "Skip {n} people", "Skip"),
    Op.REST: ("Let {who} rest", "Let {n} people rest", "Rest"),
    Op.RESUME: ("Resume {who}", "Resume {n} people", "Resume"),
    Op.MUTE: ("Silence a reason for {who}", "Silence a reason for {n} people", "Silence a reason"),
    (Op.MUTE, ONCE): ("Let a reason for {who} go", "Let reasons for {n} people go", "Let a reason go"),
    (Op.MUTE, KEPT): ("Keep how often for {who}", "Keep how often for {n} people", "Keep how often"),
    (Op.MUTE, KEPT_FOR_GOOD): ("Always keep how often for {who}", "Always keep how often for {n} people", "Always keep how often"),
    (Op.MUTE, BACK): ("Let a reason speak for {who}", "Let a reason speak for {n} people", "Let a reason speak"),
    Op.PLAN_CHECK_IN: ("Plan a check-in with {who}", "Plan check-ins with {n} people", "Plan a check-in"),
    Op.SPREAD: ("Spread out overdue check-ins",) * 3,
    Op.AWAY: ("Take time away",) * 3,
    (Op.AWAY, BACK): ("End the time away",) * 3,
    Op.START_PLAN: ("Start a check-in plan",) * 3,
    Op.IMPORT: ("Import {who}", "Import {who} and {others} more", "Import contacts"),
    Op.UNDO_IMPORT: (
        "Take back the import of {who}", "Take back the import of {who} and {others} more", "Take back an import",
    ),
    Op.IMPORT_MEETINGS: ("Import a meeting", "Import {n} meetings", "Import meetings"),
    Op.CONFIRM_MEETINGS: ("Log a meeting", "Log {n} meetings", "Log meetings"),
    Op.LET_MEETINGS_GO: ("Let a meeting go", "Let {n} meetings go", "Let meetings go"),
    Op.SETTINGS: ("Change settings",) * 3,
    Op.EXPORT_CALENDAR: ("Export to calendar",) * 3,
    Op.ADD_FEED: ("Keep {who} up to date", "Keep {n} calendars up to date", "Keep a calendar up to date"),
    Op.EDIT_FEED: ("Edit {who}", "Edit {n} calendars", "Edit a calendar"),
    Op.DELETE_FEED: ("Stop keeping {who} up to date", "Stop keeping {n} calendars up to date", "Stop keeping a calendar up to date"),
    Op.CONNECT_CALENDAR: ("Connect {who}", "Connect calendars", "Connect a calendar"),
    Op.CHANGE_CALENDAR: ("Change what goes to {who}", "Change what goes to calendars", "Change what goes to the calendar"),
    Op.DISCONNECT_CALENDAR: ("Disconnect {who}", "Disconnect calendars", "Disconnect a calendar"),
    Op.SAMPLE: ("Add the sample people",) * 3,
    Op.REPAIR: ("Repair the book",) * 3,
}  # fmt: skip


def undo_label(op: Op, params: Params) -> str:
    """Return what was done, as a command: "Log a touch with Ada Lovelace", "Import contacts.vcf"."""
    return told(_LABELS, op, params)


def told(phrases: Mapping[Op | tuple[Op, str], Phrase], op: Op, params: Params, **values: object) -> str:
    """Return the phrase of an action about as many as it concerned, in the direction it went."""
    one, several, nobody = phrases.get((op, direction_of(op, params))) or phrases[op]
    files = params.get("files") or ()
    number = len(files) or params.get("count") or 1
    who = str(files[0] if files else params.get("subject") or "")
    named = {"who": who, "tag": params.get("tag", ""), "others": f"{number - 1:,}", **values}
    if not who and (number == 1 or "{who}" in several):
        return say(nobody, **values)
    return count(number, one, several, **named)


def direction_of(op: Op, params: Params) -> str:
    """Return which of a verb's phrases applies, "" for its usual one."""
    if op is Op.ARCHIVE_PEOPLE:
        standing = str(params.get("standing", ""))
        return BACK if standing == Standing.ACTIVE else standing
    if op is Op.SET_EVERY:
        return str(params.get("scope", ""))
    if op is Op.CLOSE_STEP:
        return str(params.get("state", ""))
    if op in {Op.LOG_TOUCH, Op.EDIT_TOUCH, Op.DELETE_TOUCH}:
        return NOTE if params.get("kind") == TouchKind.NOTE else ""
    if op is Op.MUTE and params.get("on") is not False:
        return _silence(params)
    gone = op is Op.SNOOZE and "until" in params and not params["until"]
    return BACK if gone or params.get("on") is False else ""


def _silence(params: Params) -> str:
    """Return what was silenced: a reason, this time or for good, or the offer of another interval."""
    once = bool(params.get("once"))
    if params.get("rules") == [Offer.PACE.value]:
        return KEPT if once else KEPT_FOR_GOOD
    return ONCE if once else ""
