"""ORG, TITLE and ROLE of a card → the positions they describe."""

from collections.abc import Sequence

from crm.domain.person import PositionDraft

Labelled = tuple[str, str]  # group, text


def read_positions(
    orgs: Sequence[tuple[str, list[str]]], titles: Sequence[Labelled], roles: Sequence[Labelled]
) -> tuple[PositionDraft, ...]:
    """Pair each ORG with the TITLE (or else the ROLE) of its group, the others in their order."""
    if len(orgs) == 1 and len(titles) <= 1 and len(roles) <= 1:  # nearly every card
        company, *departments = orgs[0][1]
        title = titles[0][1] if titles else roles[0][1] if roles else ""
        return (PositionDraft(company, title, ", ".join(filter(None, departments))),)
    title_of = paired(len(orgs), [group for group, _ in orgs], titles)
    role_of = paired(len(orgs), [group for group, _ in orgs], roles)
    found = [
        PositionDraft(parts[0], title_of.get(i) or role_of.get(i, ""), ", ".join(filter(None, parts[1:])))
        for i, (_, parts) in enumerate(orgs)
    ]
    # More titles than companies: with one company they are all held there, else we can't know where.
    where = orgs[0][1][0] if len(orgs) == 1 else ""
    surplus = [title_of[i] for i in sorted(title_of) if i >= len(orgs)]
    if not titles:
        surplus = [role_of[i] for i in sorted(role_of) if i >= len(orgs)]
    found += [PositionDraft(where, title) for title in surplus]
    return tuple(dict.fromkeys(found))


def paired(count: int, groups: list[str], texts: Sequence[Labelled]) -> dict[int, str]:
    """Return text by the index of its ORG; indexes from `count` on are those that found none."""
    paired: dict[int, str] = {}
    waiting: list[str] = []
    index_of = {group: i for i, group in reversed(list(enumerate(groups))) if group}
    for group, text in texts:
        index = index_of.get(group, -1)
        if group and index >= 0 and index not in paired:
            paired[index] = text
        else:
            waiting.append(text)
    free = [i for i in range(count) if i not in paired]
    for text in waiting:
        paired[free.pop(0) if free else max([count - 1, *paired]) + 1] = text
    return paired
