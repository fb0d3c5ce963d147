"""What becomes of birthdays, anniversaries and other dates on the way out."""

from collections.abc import Iterable
from dataclasses import replace

from crm.domain.person import DateKind, ImportantDate
from crm.formats.vcard import fresh
from crm.formats.vcard.loom import Fate, Loom, bare

_SPECIAL = frozenset({"anniversary", "birthday"})


def weave_dates(loom: Loom, dates: Iterable[ImportantDate]) -> None:
    """What the book says goes out as it came; a date that changed keeps its place."""
    wanted = tuple(dates)
    waiting = list(wanted)
    changed: list[tuple[Fate, ImportantDate]] = []
    for fate in loom.fates:
        if not fate.piece.dates:
            continue
        was = _date_of(fate)
        if was in waiting:
            waiting.remove(was)
        elif was not in wanted or fate.number:
            changed.append((fate, was))
    for fate, was in changed:
        now = next((one for one in waiting if (one.kind, one.label) == (was.kind, was.label)), None)
        if now is None or fate.key == "X-ANDROID-CUSTOM":
            fate.drop()
        else:
            waiting.remove(now)
            fate.value = fresh.date_value(now.on, loom.version)[0]
    birthday = not any(fate.kept and fate.key == "BDAY" for fate in loom.fates)
    for date in waiting:
        loom.more.extend(fresh.date_lines(date, loom.version, loom.groups, birthday=birthday))
        birthday = birthday and date.kind is not DateKind.BIRTHDAY


def _date_of(fate: Fate) -> ImportantDate:
    """Return a property's date as its reader has it in the end, with the label of its group."""
    date = fate.piece.dates[0]
    label = bare(fate.card.found.labels.get(fate.group, "")) if fate.group else ""
    kind = date.kind
    if kind is DateKind.OTHER and label.lower() in _SPECIAL:
        kind = DateKind(label.lower())
    on = replace(date.on, text=bare(date.on.text)) if date.on.text else date.on
    return ImportantDate(kind, on, label if kind is DateKind.OTHER else "")
