"""Words for the codes and values of the core, shared by the window and the command line; no Qt here.

Sentence case, second person, present tense; no exclamation marks, no blame (ux/DESIGN.md 13). Every sentence passes
`speech`, the gate for translation.
"""

from crm.wording.actions import undo_label
from crm.wording.batches import batch_counts, batch_fate, batch_files, batch_kept, batch_undo
from crm.wording.cadences import cadence, interval, placement, reason
from crm.wording.calendar import calendar_text, changed_since, event_kind, exported, feed_state
from crm.wording.days import (
    ago,
    dated,
    day,
    due_pill,
    full_day,
    full_weekday,
    month_day,
    partial_date,
    person_pill,
    short_ago,
    short_day,
    short_due,
    weekday,
    weekday_day,
)
from crm.wording.digest import digest
from crm.wording.duplicates import field_said, likeness
from crm.wording.errors import Words, error, error_line
from crm.wording.events import (
    event_about,
    event_outcome,
    event_people,
    event_status,
    event_type,
    follow_up_title,
)
from crm.wording.exports import book_readme, exported_people
from crm.wording.imports import (
    choice,
    column_field,
    field,
    match_reason,
    problem,
    problem_at,
    touches_read,
    verdict,
)
from crm.wording.introductions import introduction, introduction_state, introduction_step, way, way_facts
from crm.wording.kinds import (
    contact_kind,
    date_kind,
    direction,
    standing,
    touch_kind,
    touch_title,
    touch_word,
)
from crm.wording.learning import proposal
from crm.wording.lessons import (
    brief_person,
    feedback_line,
    lesson,
    lesson_kind,
    lesson_source,
    theme_seen,
)
from crm.wording.meetings import clue, meeting_counts, meeting_fate, meetings_waiting
from crm.wording.messages import message_blanks, message_values
from crm.wording.news import news, news_counts
from crm.wording.numbers import holdings, people_count
from crm.wording.opportunities import (
    effort,
    ending,
    interview_format,
    interview_when,
    next_step,
    opportunity_since,
    perspective,
    role,
    round_title,
    second_chance,
    stage,
    step_when,
    went,
)
from crm.wording.outcomes import done
from crm.wording.planning import needed, overload, pick_reason, picked, placed
from crm.wording.reasons import due_or_rule, length, rule, why_now
from crm.wording.speech import count, say, set_translator
from crm.wording.warmth import between, warmth, warmth_parts, warmth_touches

__all__ = [
    "Words",
    "ago",
    "batch_counts",
    "batch_fate",
    "batch_files",
    "batch_kept",
    "batch_undo",
    "between",
    "book_readme",
    "brief_person",
    "cadence",
    "calendar_text",
    "changed_since",
    "choice",
    "clue",
    "column_field",
    "contact_kind",
    "count",
    "date_kind",
    "dated",
    "day",
    "digest",
    "direction",
    "done",
    "due_or_rule",
    "due_pill",
    "effort",
    "ending",
    "error",
    "error_line",
    "event_about",
    "event_kind",
    "event_outcome",
    "event_people",
    "event_status",
    "event_type",
    "exported",
    "exported_people",
    "feed_state",
    "feedback_line",
    "field",
    "field_said",
    "follow_up_title",
    "full_day",
    "full_weekday",
    "holdings",
    "interval",
    "interview_format",
    "interview_when",
    "introduction",
    "introduction_state",
    "introduction_step",
    "length",
    "lesson",
    "lesson_kind",
    "lesson_source",
    "likeness",
    "match_reason",
    "meeting_counts",
    "meeting_fate",
    "meetings_waiting",
    "message_blanks",
    "message_values",
    "month_day",
    "needed",
    "news",
    "news_counts",
    "next_step",
    "opportunity_since",
    "overload",
    "partial_date",
    "people_count",
    "person_pill",
    "perspective",
    "pick_reason",
    "picked",
    "placed",
    "placement",
    "problem",
    "problem_at",
    "proposal",
    "reason",
    "role",
    "round_title",
    "rule",
    "say",
    "second_chance",
    "set_translator",
    "short_ago",
    "short_day",
    "short_due",
    "stage",
    "standing",
    "step_when",
    "theme_seen",
    "touch_kind",
    "touch_title",
    "touch_word",
    "touches_read",
    "undo_label",
    "verdict",
    "warmth",
    "warmth_parts",
    "warmth_touches",
    "way",
    "way_facts",
    "weekday",
    "weekday_day",
    "went",
    "why_now",
]
