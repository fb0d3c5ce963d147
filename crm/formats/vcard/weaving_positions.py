"""What becomes of ORG, TITLE and ROLE on the way out: pairs of a company and a title."""

from dataclasses import dataclass

from crm.domain.company import company_key
from crm.domain.person import PositionDraft
from crm.formats.vcard.loom import Fate, Loom, bare
from crm.formats.vcard.positions import paired
from crm.formats.vcard.values import escape
from crm.formats.vcard.written import Written


@dataclass(slots=True)
class _Held:
    """One position as a card has it: its properties, and what they say."""

    org: Fate | None
    titles: list[Fate]
    said: tuple[str, str, str]  # company, title, department
    more: str = ""  # a title now, where the card has no property for one


def weave_positions(loom: Loom, current: tuple[PositionDraft, ...]) -> None:
    """Positions that the book says go out as they came; a card can't say that one has ended, so those go."""
    waiting = [(one.company, one.title, one.department) for one in current]
    every = _settled(loom, waiting)
    kept = [held for held in every if held.org is not None and held.org.kept]
    surplus = [held for held in every if held.org is None and held.titles[0].kept]
    if waiting or len(kept) != 1 or not _all_held_at(kept[0], surplus):
        for held in surplus:
            held.titles[0].drop()
        waiting += dict.fromkeys(held.said for held in surplus)
    if len(kept) + len(waiting) > 1:
        _hold_together(loom, kept)
    for held in kept:
        if held.org and held.more:
            loom.more.append(Written("TITLE", escape(held.more), held.org.group))
    for company, title, department in waiting:
        group = loom.groups.new() if kept or len(waiting) > 1 else ""
        loom.more.append(Written("ORG", _org_value(company, department), group))
        if title:
            loom.more.append(Written("TITLE", escape(title), group))


def _settled(loom: Loom, waiting: list[tuple[str, str, str]]) -> list[_Held]:
    """Return all cards' positions, settled what becomes of each; those that are said by one don't wait any more."""
    every: list[_Held] = []
    told: set[tuple[str, str, str]] = set()
    changed: list[_Held] = []
    for number in range(len(loom.cards)):
        here: set[tuple[str, str, str]] = set()
        for held in _held(loom, number):
            every.append(held)
            if held.said in waiting:
                waiting.remove(held.said)
                here.add(held.said)
            elif held.said not in here:
                changed.append(held)
        told |= here
    for held in changed:
        _change(held, waiting, {company_key(one[0]) for one in told})
    return every


def _held(loom: Loom, number: int) -> list[_Held]:
    """Return a card's positions, each with the properties that say it; a title of no company is left alone."""
    fates = [fate for fate in loom.of_card(number) if fate.piece.filled == "positions"]
    orgs = [fate for fate in fates if fate.key == "ORG"]
    titles = [fate for fate in fates if fate.key == "TITLE"]
    roles = [fate for fate in fates if fate.key not in {"ORG", "TITLE"}]
    groups = [fate.group for fate in orgs]
    title_at, role_at = (
        {place: few[int(index)] for place, index in paired(len(orgs), groups, _numbered(few)).items()}
        for few in (titles, roles)
    )
    found = loom.cards[number].found
    held: list[_Held] = []
    for place, org in enumerate(orgs):
        company, *rest = found.orgs[org.piece.place][1]
        said_by = [one[place] for one in (title_at, role_at) if place in one]
        title = said_by[0].text if said_by else ""
        if company_key(bare(company)):
            department = bare(", ".join(part for part in rest if part))
            held.append(_Held(org, said_by, (bare(company), title, department)))
    surplus = title_at if titles else role_at
    if len(orgs) == 1 and held:
        company = held[0].said[0]
        held += [_Held(None, [one], (company, one.text, "")) for place, one in surplus.items() if place > 0]
    return held


def _all_held_at(only: _Held, surplus: list[_Held]) -> bool:
    """Say whether titles beyond their card's one company will be found at the only one left."""
    return any(fate.kept for fate in only.titles) and all(held.said[0] == only.said[0] for held in surplus)


def _hold_together(loom: Loom, kept: list[_Held]) -> None:
    """Group a title with its company where a company before it has none: those without a group are paired in order."""
    lacking: set[str] = set()
    for held in kept:
        titles = [fate for fate in held.titles if fate.kept]
        if held.org and (held.more or any(fate.key in lacking for fate in titles)):
            first = held.org.number == 0  # a later card's groups may get other names
            group = (first and held.org.group) or loom.groups.new()
            for fate in (held.org, *titles):
                fate.regrouped = group
        lacking |= {"TITLE", "ROLE"} - {fate.key for fate in titles}


def _numbered(fates: list[Fate]) -> list[tuple[str, str]]:
    return [(fate.group, str(index)) for index, fate in enumerate(fates)]


def _change(held: _Held, waiting: list[tuple[str, str, str]], told: set[str]) -> None:
    """Give the properties the position that took the place of theirs, one at the same company before any other."""
    key = company_key(held.said[0])
    same = [one for one in waiting if company_key(one[0]) == key]
    if held.org is None or not waiting or (not same and key in told):
        for fate in (held.org, *held.titles):
            if fate is not None:
                fate.drop()
        return
    now = (same or waiting)[0]
    waiting.remove(now)
    company, title, department = now
    if (company, department) != (held.said[0], held.said[2]):
        held.org.value = _org_value(company, department)
    if title == held.said[1]:
        return
    if not held.titles:
        held.more = title
    elif title:
        held.titles[0].value = escape(title)
    else:
        for fate in held.titles:
            fate.drop()


def _org_value(company: str, department: str) -> str:
    return f"{escape(company)};{escape(department)}" if department else escape(company)
