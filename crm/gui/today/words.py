"""The page's own sentences: the greeting, the summary, what a row says, what comes next."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from crm import wording
from crm.domain.agenda import CheckInRow, TodayCard
from crm.domain.person import PersonRow
from crm.domain.reasons import OCCASIONS, Rule
from crm.domain.touch import TouchKind, TouchRow
from crm.domain.workdays import Closed
from crm.gui.today.asking import Day

MOST_COUNTED = 10_000
_MORNING, _NOON, _EVENING = 5, 12, 18


def greeting(hour: int, name: str) -> str:
    """Return "Good morning, Jordan"; without a name only "Good morning"."""
    if _MORNING <= hour < _NOON:
        words = _tr("Good morning, {name}") if name else _tr("Good morning")
    elif _NOON <= hour < _EVENING:
        words = _tr("Good afternoon, {name}") if name else _tr("Good afternoon")
    else:
        words = _tr("Good evening, {name}") if name else _tr("Good evening")
    return words.format(name=name)


def summary(day: Day) -> str:
    """Return "Saturday 21 November · 3 check-ins, 1 tomorrow, 9 more can wait"."""
    due, also = day.due_now, waiting(day)
    nobody = _tr("nothing more for today") if day.card.done else _tr("no check-ins today")
    parts = [wording.count(due, "{n} check-in", "{n} check-ins") if due else nobody]
    if day.tomorrow:
        parts.append(wording.say("{n} tomorrow", n=day.tomorrow))
    if also and due:
        parts.append(wording.say("{n} more can wait", n=number(also)))
    return f"{wording.full_day(day.card.on)}  ·  {', '.join(parts)}"


def waiting(day: Day) -> int:
    """Return how many can wait: those one also could do, shown or not."""
    return len(day.also) + day.unlisted


def section_count(day: Day) -> str:
    """Return "4", with tomorrow's beside it: "4, 1 tomorrow"; "" where nothing is listed."""
    if not day.card.asked:
        return ""
    due = number(day.due_now)
    return wording.say("{today}, {n} tomorrow", today=due, n=day.tomorrow) if day.tomorrow else due


def number(count: int) -> str:
    """Return a count, "10,000+" where counting stopped."""
    return f"{count:,}+" if count >= MOST_COUNTED else f"{count:,}"


def headline(person: PersonRow) -> str:
    """Return "VP Product, Halden Systems"."""
    return ", ".join(part for part in (person.title, person.company) if part)


def sentence(row: CheckInRow, today: date) -> str:
    """Return a whole row as a screen reader says it."""
    due, _tone = wording.due_or_rule(row, today)
    parts = (row.person.name, headline(row.person), due, wording.why_now(row, today))
    return ". ".join(part for part in parts if part) + "."


def channel(row: CheckInRow) -> TouchKind | None:
    """Return how to reach somebody: by phone if that was the last way or there is no address, else by email."""
    if row.phone and (row.reason.last_kind is TouchKind.CALL or not row.email):
        return TouchKind.CALL
    return TouchKind.EMAIL if row.email else None


def purpose(row: CheckInRow) -> str:
    """Return what a message to somebody is for where the first reason says it: news and days of the year."""
    return "congratulate" if row.reasons[0].rule in {*OCCASIONS, Rule.MOVED} else ""


def last_touch(person: PersonRow, today: date) -> str:
    """Return "Last touch 7 months ago"."""
    if person.last_touch_on is None:
        return _tr("No touch yet")
    return _tr("Last touch {ago}").format(ago=wording.ago(person.last_touch_on, today))


def nothing_asked(day: Day) -> tuple[str, str]:
    """Return why the day asks for nobody, and what follows."""
    card = day.card
    return _why_nobody(card), _also_could(day) or next_up(card)


def _why_nobody(card: TodayCard) -> str:
    if card.away_until and card.away_until > card.on:
        return _tr("You keep the days free until {day}.").format(day=wording.full_day(card.away_until))
    if card.away_until:
        return _tr("You keep this day free.")
    if card.closed is Closed.HOLIDAY:
        return _tr("It’s a holiday.")
    if card.closed is Closed.NOT_WORKED:
        return _tr("You keep {weekday}s free.").format(weekday=wording.full_weekday(card.on))
    return _tr("That’s enough for this week.") if card.week_full else _tr("That’s everyone for today.")


def _also_could(day: Day) -> str:
    card, more = day.card, waiting(day)
    if card.away_until and card.away_until > card.on:
        return _tr("Check-ins wait until you’re back.")
    some = "{n} more could do with a word, if you like."
    return wording.count(more, some, some) if more else ""


def next_up(card: TodayCard) -> str:
    """Return "Next: Ingrid Solheim tomorrow.", "… on 12 Nov."; "" when nobody is planned."""
    row = card.next_up
    if row is None:
        return ""
    if (row.due_on - card.on).days == 1:
        return _tr("Next: {who} tomorrow.").format(who=row.person.name)
    return _tr("Next: {who} on {day}.").format(who=row.person.name, day=wording.day(row.due_on, card.on))


def touch_done(touch: TouchRow) -> str:
    """Return "Coffee with Maya Lindqvist and 2 more"."""
    if not touch.people:
        return wording.touch_kind(touch.kind)
    title = wording.touch_title(touch.kind, touch.direction, touch.people[0][1])
    others = len(touch.people) - 1
    return (
        wording.count(others, "{title} and {n} more", "{title} and {n} more", title=title)
        if others
        else title
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("Today", words)
