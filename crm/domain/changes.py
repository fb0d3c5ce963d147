"""What a write did: the operation, and which rows changed. Views and calendar files refresh from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Op(StrEnum):
    """What the user did; `crm.wording` words it for undo, redo and history."""

    ADD_PERSON = "add_person"
    EDIT_PERSON = "edit_person"
    DELETE_PEOPLE = "delete_people"
    MERGE_PEOPLE = "merge_people"
    SET_APART = "set_apart"
    ARCHIVE_PEOPLE = "archive_people"
    STAR_PEOPLE = "star_people"
    TAG_PEOPLE = "tag_people"
    ADD_COMPANY = "add_company"
    EDIT_COMPANY = "edit_company"
    DELETE_COMPANIES = "delete_companies"
    MERGE_COMPANIES = "merge_companies"
    ADD_OPPORTUNITY = "add_opportunity"
    EDIT_OPPORTUNITY = "edit_opportunity"
    MOVE_OPPORTUNITY = "move_opportunity"
    DELETE_OPPORTUNITIES = "delete_opportunities"
    ARRANGE_BOARD = "arrange_board"
    ATTACH = "attach"
    EDIT_ATTACHMENT = "edit_attachment"
    REMOVE_ATTACHMENTS = "remove_attachments"
    ADD_INTERVIEW = "add_interview"
    EDIT_INTERVIEW = "edit_interview"
    DELETE_INTERVIEW = "delete_interview"
    ADD_LESSON = "add_lesson"
    EDIT_LESSON = "edit_lesson"
    ANSWER_LESSON = "answer_lesson"
    DELETE_LESSON = "delete_lesson"
    ADD_FEEDBACK = "add_feedback"
    DELETE_FEEDBACK = "delete_feedback"
    ADD_PRACTICE = "add_practice"
    DELETE_PRACTICE = "delete_practice"
    PLAN_STEPS = "plan_steps"
    WITHDRAW_STEPS = "withdraw_steps"
    ADD_STEP = "add_step"
    ASK_INTRODUCTION = "ask_introduction"
    MOVE_INTRODUCTION = "move_introduction"
    CLOSE_STEP = "close_step"
    REOPEN_STEP = "reopen_step"
    MOVE_STEP = "move_step"
    DELETE_STEP = "delete_step"
    ADD_EVENT = "add_event"
    EDIT_EVENT = "edit_event"
    DELETE_EVENT = "delete_event"
    MEET_AT_EVENT = "meet_at_event"
    NOTICE = "notice"
    EDIT_NOTICED = "edit_noticed"
    DELETE_NOTICED = "delete_noticed"
    LOG_TOUCH = "log_touch"
    EDIT_TOUCH = "edit_touch"
    DELETE_TOUCH = "delete_touch"
    SET_EVERY = "set_every"
    SNOOZE = "snooze"
    SKIP = "skip"
    REST = "rest"
    RESUME = "resume"
    IMPORT = "import"
    IMPORT_MEETINGS = "import_meetings"
    CONFIRM_MEETINGS = "confirm_meetings"
    LET_MEETINGS_GO = "let_meetings_go"
    UNDO_IMPORT = "undo_import"
    PLAN_CHECK_IN = "plan_check_in"
    SPREAD = "spread"
    AWAY = "away"
    START_PLAN = "start_plan"
    MUTE = "mute"
    SETTINGS = "settings"
    EXPORT_CALENDAR = "export_calendar"
    ADD_FEED = "add_feed"
    EDIT_FEED = "edit_feed"
    DELETE_FEED = "delete_feed"
    CONNECT_CALENDAR = "connect_calendar"
    CHANGE_CALENDAR = "change_calendar"
    DISCONNECT_CALENDAR = "disconnect_calendar"
    SAMPLE = "sample"
    REPAIR = "repair"


@dataclass(frozen=True, slots=True)
class Changes:
    """One write, undo or redo, as facts. `rows` maps a table's name to the ids of its changed rows.

    `everything` is set when another program wrote or a write was too large to list: listeners then ask anew.
    """

    op: Op | None = None
    rows: Mapping[str, frozenset[int]] = field(default_factory=dict)
    everything: bool = False

    def people(self) -> frozenset[int]:
        """Return the ids of people that changed in any way (a touch, a tag and a position change their person)."""
        return self.rows.get("person", frozenset())

    def companies(self) -> frozenset[int]:
        """Return the ids of companies that changed in any way."""
        return self.rows.get("company", frozenset())

    def touches_table(self, *tables: str) -> bool:
        """Say whether rows of any of `tables` changed."""
        return self.everything or any(self.rows.get(table) for table in tables)


EVERYTHING = Changes(everything=True)
