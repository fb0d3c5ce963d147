"""What to tell once something is done, for toasts and the command line."""

from datetime import date

from crm.domain.cadence import Interval, Unit
from crm.domain.changes import Op
from crm.domain.opportunity import Ending, Stage
from crm.domain.person import Standing
from crm.wording import opportunities
from crm.wording.actions import BACK, KEPT, KEPT_FOR_GOOD, NOTE, ONCE, Params, Phrase, direction_of, told
from crm.wording.cadences import interval
from crm.wording.days import in_sentence, weekday_day
from crm.wording.planning import PLANS, plan_done
from crm.wording.speech import count, say

_DONE: dict[Op | tuple[Op, str], Phrase] = {
    Op.ADD_PERSON: ("Added {who}.", "Added {n} people.", "Added."),
    Op.EDIT_PERSON: ("Saved {who}.", "Saved {n} people.", "Saved."),
    Op.DELETE_PEOPLE: ("Deleted {who}.", "Deleted {n} people.", "Deleted."),
    Op.MERGE_PEOPLE: ("Merged a person into {who}.", "Merged {n} people into {who}.", "Merged."),
    Op.SET_APART: ("Remembered as not the same.",) * 3,
    Op.ARCHIVE_PEOPLE: ("Archived {who}.", "Archived {n} people.", "Archived."),
    (Op.ARCHIVE_PEOPLE, BACK): ("Brought back {who}.", "Brought back {n} people.", "Brought back."),
    (Op.ARCHIVE_PEOPLE, Standing.DECEASED): ("Marked {who} as deceased.", "Marked {n} people as deceased.", "Marked as deceased."),
    (Op.ARCHIVE_PEOPLE, Standing.LEFT): ("No more check-ins with {who}.", "No more check-ins with {n} people.", "No more check-ins."),
    Op.STAR_PEOPLE: ("Starred {who}.", "Starred {n} people.", "Starred."),
    (Op.STAR_PEOPLE, BACK): ("Unstarred {who}.", "Unstarred {n} people.", "Unstarred."),
    Op.TAG_PEOPLE: ("Tagged {who} {tag}.", "Tagged {n} people {tag}.", "Tagged."),
    (Op.TAG_PEOPLE, BACK): ("Removed tag {tag} from {who}.", "Removed tag {tag} from {n} people.", "Removed the tag."),
    Op.ADD_COMPANY: ("Added {who}.", "Added {n} companies.", "Added."),
    Op.EDIT_COMPANY: ("Saved {who}.", "Saved {n} companies.", "Saved."),
    Op.DELETE_COMPANIES: ("Deleted {who}.", "Deleted {n} companies.", "Deleted."),
    Op.MERGE_COMPANIES: ("Merged a company into {who}.", "Merged {n} companies into {who}.", "Merged."),
    Op.ADD_OPPORTUNITY: ("Added {who}.", "Added {n} opportunities.", "Added."),
    Op.EDIT_OPPORTUNITY: ("Saved {who}.", "Saved {n} opportunities.", "Saved."),
    Op.MOVE_OPPORTUNITY: ("Moved {who}.", "Moved {n} opportunities.", "Moved."),
    Op.DELETE_OPPORTUNITIES: ("Deleted {who}.", "Deleted {n} opportunities.", "Deleted."),
    Op.ARRANGE_BOARD: ("Moved {who}.", "Moved {n} opportunities.", "Moved."),
    Op.ATTACH: ("Attached {who}.", "Attached {n} files.", "Attached."),
    Op.EDIT_ATTACHMENT: ("Saved {who}.", "Saved {n} files.", "Saved."),
    Op.REMOVE_ATTACHMENTS: ("Removed {who}.", "Removed {n} files.", "Removed."),
    Op.ADD_INTERVIEW: ("Added a round at {who}.", "Added {n} rounds.", "Added a round."),
    Op.EDIT_INTERVIEW: ("Saved the round at {who}.", "Saved {n} rounds.", "Saved the round."),
    Op.DELETE_INTERVIEW: ("Deleted the round at {who}.", "Deleted {n} rounds.", "Deleted the round."),
    Op.ADD_LESSON: ("Kept: {who}.", "Kept {n} lessons.", "Kept the lesson."),
    Op.EDIT_LESSON: ("Saved: {who}.", "Saved {n} lessons.", "Saved the lesson."),
    Op.ANSWER_LESSON: ("Noted for next time: {who}.", "Noted for next time.", "Noted for next time."),
    Op.DELETE_LESSON: ("Deleted: {who}.", "Deleted {n} lessons.", "Deleted the lesson."),
    Op.ADD_FEEDBACK: ("Recorded the feedback from {who}.", "Recorded the feedback.", "Recorded the feedback."),
    Op.DELETE_FEEDBACK: ("Deleted the feedback from {who}.", "Deleted the feedback.", "Deleted the feedback."),
    Op.ADD_PRACTICE: ("Noted practice: {who}.", "Noted {n} practices.", "Noted the practice."),
    Op.DELETE_PRACTICE: ("Deleted practice: {who}.", "Deleted {n} practices.", "Deleted the practice."),
    Op.PLAN_STEPS: ("One step planned for {who}.", "{n} steps planned for {who}.", "Plan started."),
    Op.WITHDRAW_STEPS: ("Withdrew one step for {who}.", "Withdrew {n} steps for {who}.", "Steps withdrawn."),
    Op.ADD_STEP: ("Added “{who}”.", "Added {n} steps.", "Added a step."),
    Op.CLOSE_STEP: ("Done: {who}.", "Done: {n} steps.", "Done."),
    (Op.CLOSE_STEP, "skipped"): ("Skipped: {who}.", "Skipped {n} steps.", "Skipped."),
    Op.REOPEN_STEP: ("Open again: {who}.", "{n} steps are open again.", "Open again."),
    Op.MOVE_STEP: ("New day for “{who}”.", "New days for {n} steps.", "New day."),
    Op.DELETE_STEP: ("Deleted “{who}”.", "Deleted {n} steps.", "Deleted a step."),
    Op.ASK_INTRODUCTION: ("A step asks {who} for an introduction.", "Steps ask {n} people for introductions.", "A step asks for an introduction."),
    Op.MOVE_INTRODUCTION: ("Noted: {who} and the introduction.", "Noted {n} introductions.", "Noted."),
    Op.NOTICE: ("Noted at {who}.", "Noted at {n} companies.", "Noted."),
    Op.EDIT_NOTICED: ("Saved the note on {who}.", "Saved {n} notes.", "Saved the note."),
    Op.DELETE_NOTICED: ("Deleted a note on {who}.", "Deleted {n} notes.", "Deleted a note."),
    Op.ADD_EVENT: ("Added {who}.", "Added {n} events.", "Added an event."),
    Op.EDIT_EVENT: ("Saved {who}.", "Saved {n} events.", "Saved the event."),
    Op.DELETE_EVENT: ("Deleted {who}.", "Deleted {n} events.", "Deleted an event."),
    Op.MEET_AT_EVENT: ("Kept whom you met at {who}.", "Kept {n} people you met at {who}.", "Kept whom you met."),
    Op.LOG_TOUCH: ("Touch logged with {who}.", "Touch logged with {who} and {others} more.", "Touch logged."),
    (Op.LOG_TOUCH, NOTE): ("Note saved about {who}.", "Note saved about {who} and {others} more.", "Note saved."),
    Op.EDIT_TOUCH: ("Saved the touch with {who}.", "Saved the touch with {who} and {others} more.", "Saved the touch."),
    (Op.EDIT_TOUCH, NOTE): ("Saved the note about {who}.", "Saved the note about {who} and {others} more.", "Saved the note."),
    Op.DELETE_TOUCH: ("Deleted the touch with {who}.", "Deleted the touch with {who} and {others} more.", "Deleted the touch."),
    (Op.DELETE_TOUCH, NOTE): ("Deleted the note about {who}.", "Deleted the note about {who} and {others} more.", "Deleted the note."),
    Op.SNOOZE: ("Snoozed {who} to {day}.", "Snoozed {n} people to {day}.", "Snoozed to {day}."),
    (Op.SNOOZE, BACK): ("{who} is back.", "{n} people are back.", "The snooze has ended."),
    Op.SKIP: ("Skipped {who} this time.", "Skipped {n} people this time.", "Skipped this time."),
    Op.REST: ("No check-ins with {who} until you resume.", "No check-ins with {n} people until you resume.", "No check-ins until you resume."),
    Op.RESUME: ("Suggesting check-ins with {who} again.", "Suggesting check-ins with {n} people again.", "Suggesting check-ins again."),
    Op.UNDO_IMPORT: (
        "Took back the import of {who}.", "Took back the import of {who} and {others} more.", "Took back an import.",
    ),
    Op.MUTE: ("That is no reason to suggest {who} any more.", "That is no reason for {n} people any more.", "That is no reason any more."),
    (Op.MUTE, ONCE): ("Let go this time: {who}.", "Let go this time: {n} people.", "Let go this time."),
    (Op.MUTE, KEPT): ("Kept as it is. Not asked about {who} for 90 days.", "Kept as they are for 90 days.", "Kept as it is for 90 days."),
    (Op.MUTE, KEPT_FOR_GOOD): ("Kept as it is. Not asked about {who} again.", "Kept as they are.", "Kept as it is."),
    (Op.MUTE, BACK): ("That is a reason to suggest {who} again.", "That is a reason for {n} people again.", "That is a reason again."),
    Op.PLAN_CHECK_IN: ("Next check-in planned.",) * 3,
    Op.START_PLAN: ("Plan started.",) * 3,
    Op.SPREAD: ("Spread out.",) * 3,
    Op.AWAY: ("Time away set.",) * 3,
    (Op.AWAY, BACK): ("Your time away is over.",) * 3,
    Op.IMPORT_MEETINGS: ("One meeting imported.", "{n} meetings imported.", "Meetings imported."),
    Op.CONFIRM_MEETINGS: ("One meeting logged.", "{n} meetings logged.", "Meetings logged."),
    Op.LET_MEETINGS_GO: ("One meeting let go.", "{n} meetings let go.", "Meetings let go."),
    Op.SETTINGS: ("Settings saved.",) * 3,
    Op.EXPORT_CALENDAR: ("Calendar file saved.",) * 3,
    Op.ADD_FEED: ("{who} is kept up to date.", "{n} calendars are kept up to date.", "The calendar is kept up to date."),
    Op.EDIT_FEED: ("Saved {who}.", "Saved {n} calendars.", "Saved."),
    Op.DELETE_FEED: (
        "{who} isn’t kept up to date any more.", "{n} calendars aren’t kept up to date any more.", "The calendar isn’t kept up to date any more.",
    ),
    Op.CONNECT_CALENDAR: ("{who} is connected.", "Calendars connected.", "Calendar connected."),
    Op.CHANGE_CALENDAR: ("Saved for {who}.", "Calendars saved.", "Calendar saved."),
    Op.DISCONNECT_CALENDAR: ("{who} isn’t connected any more.", "Calendars disconnected.", "Calendar disconnected."),
    Op.SAMPLE: ("Sample people added.",) * 3,
    Op.REPAIR: ("Book repaired.",) * 3,
}  # fmt: skip
_EVERY: dict[Op | tuple[Op, str], Phrase] = {
    Op.SET_EVERY: ("{often}: {who}.", "{often}: {n} people.", "{often}."),
    (Op.SET_EVERY, "tag"): ("{often}: people tagged {who}.", "{often}: {n} tags.", "{often}."),
    (Op.SET_EVERY, "company"): ("{often}: people at {who}.", "{often}: {n} companies.", "{often}."),
    (Op.SET_EVERY, "book"): ("{often}: your default.",) * 3,
}
_NO_RULE: dict[Op | tuple[Op, str], Phrase] = {
    Op.SET_EVERY: (
        "{who} follows the rules of tag, company and book.",
        "{n} people follow the rules of tag, company and book.",
        "The rules of tag, company and book apply.",
    ),
    (Op.SET_EVERY, "tag"): ("Tag {who} has no rule for how often now.", "{n} tags have no rule now.", "No rule now."),
    (Op.SET_EVERY, "company"): ("{who} has no rule for how often now.", "{n} companies have no rule now.", "No rule now."),
    (Op.SET_EVERY, "book"): ("You have no default for how often now.",) * 3,
}  # fmt: skip


def done(op: Op, params: Params, today: date) -> str:
    """Return what to tell once it is done: "Touch logged with Maya. Next check-in 12 Nov."."""
    if op is Op.IMPORT:
        return _imported(params)
    if op is Op.SET_EVERY:
        return _set_every(params)
    if op in PLANS:
        return plan_done(op, params, today) or told(_DONE, op, params)
    if op is Op.SNOOZE and direction_of(op, params) != BACK and params.get("until"):
        return told(_DONE, op, params, day=weekday_day(date.fromisoformat(params["until"]), today))
    if op is Op.MOVE_OPPORTUNITY and params.get("stage"):
        ending = params.get("ending")
        to = opportunities.ending(Ending(ending)) if ending else opportunities.stage(Stage(params["stage"]))
        return say("{who}: {stage}.", who=params.get("subject") or say("Moved"), stage=to)
    said = told(_DONE, op, params, day="…") if op is Op.SNOOZE else told(_DONE, op, params)
    due = params.get("next_due_on") if op is Op.LOG_TOUCH else None
    return f"{said} {_next(date.fromisoformat(due), today)}" if due else said


def _next(due: date, today: date) -> str:
    """Return when the next check-in is; after an older touch logged late it may be behind already."""
    words = "Next check-in {day}." if due >= today else "The next check-in was due {day}."
    return say(words, day=in_sentence(due, today))


def _set_every(params: Params) -> str:
    every = params.get("every")
    if params.get("never"):
        return told(_EVERY, Op.SET_EVERY, params, often=interval(None))
    if every is None:
        return told(_NO_RULE, Op.SET_EVERY, params)
    return told(_EVERY, Op.SET_EVERY, params, often=interval(Interval(int(every[0]), Unit(every[1]))))


def _imported(params: Params) -> str:
    added, updated = params.get("added") or 0, params.get("updated") or 0
    if added and updated:
        also = f"{updated:,}"
        return count(
            added, "Added {n} contact, updated {also}.", "Added {n} contacts, updated {also}.", also=also
        )
    if added:
        return count(added, "Added {n} contact.", "Added {n} contacts.")
    if updated:
        return count(updated, "Updated {n} contact.", "Updated {n} contacts.")
    return say("Nothing new in the file.")
