"""Writing an import in bulk: a table at a time, column by column, journaled as ranges (PERFORMANCE.md, "Import")."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import chain, compress
from typing import Any

from sqlalchemy.orm import Session

from crm.domain.cadence import CadenceRules, CheckInFacts, Interval, NamedInterval
from crm.domain.card import TouchCard
from crm.domain.company import CompanyDraft, company_key
from crm.domain.importplan import ImportCounts
from crm.domain.importrecord import CompanyAddition, GroupAddition, PersonAddition, SourceText
from crm.domain.merging import CompanyProfile, PersonProfile
from crm.domain.news import News
from crm.domain.person import ContactPoint, ImportantDate, PersonDraft, PositionDraft, name_key, sort_key
from crm.store import adding, aliases, derived, importing_touches, journal, news, search
from crm.store import importing_values as values
from crm.store.base import new_uid
from crm.store.importing import _rows
from crm.store.importing_values import NOTHING, Columns, Listed, folded, iso, json_of
from crm.store.intervals import interval
from crm.store.search_texts import Text, person_text, said
from crm.store.tables import ImportBatch

# What an import never knows of a new person, or what follows from the rules alone.
_BY_RULES = (
    "cadence_count", "cadence_unit", "cadence_source", "cadence_name", "next_due_on", "soon_on", "losing_on",
    "check_in_on", "check_in_base_on", "check_in_sequence", "check_in_changed_at", "ideal_on",
)  # fmt: skip

_IN_BULK = (
    "company",
    "person",
    "tag",
    "contact_point",
    "position",
    "important_date",
    "person_tag",
    "source_card",
)
_FILL = (
    "UPDATE person SET display_name = ?, sort_key = ?, family = ?, given = ?, additional = ?, prefix = ?,"
    " suffix = ?, nicknames = ?, notes = ?, linkedin = ?, met_on = ?, uid = ?, photo_sha = ?, photo_link = ?,"
    " name_key = ? WHERE id = ?"
)
_OWN_TEXTS = ("display_name", "name_key", "nicknames", "notes", "how_met")
_SEARCHED_AT_ONCE = 10_000  # people: a tenth quicker than a thousand each time, and a third of a second


@dataclass(frozen=True, slots=True)
class _Named:
    """A company or a tag that people refer to by name: what the search knows it by, and its rule for how often."""

    id: int
    text: str
    rule: NamedInterval | None = None


@dataclass(frozen=True, slots=True)
class _Lists:
    """What people have several of, with the keys of their contacts and the companies of their positions."""

    contacts: Listed[ContactPoint]
    keys: Sequence[str]
    positions: Listed[PositionDraft]
    companies: Sequence[_Named]
    dates: Listed[ImportantDate]
    tags: Listed[_Named]


class ImportWriter:
    """Writes one import, within the caller's `write`. First companies, then people, then groups."""

    def __init__(self, session: Session, files: Sequence[str], counts: ImportCounts, today: date) -> None:
        batch = ImportBatch(
            files=list(files),
            imported_at=_now(),
            read=counts.read,
            new=counts.new,
            updated=counts.updated,
            same=counts.same,
            failed=counts.failed,
            left_out=counts.left_out,
            possible=counts.possible,
        )
        session.add(batch)
        session.flush()
        self.batch_id = batch.id
        self._session = session
        self._connection = session.connection()
        self._adding = adding.Adding(self._connection, {})
        self._today = today
        self._now = _now().replace(microsecond=0)
        self._book_every: Interval | None = derived.book_every(session)
        self._companies: dict[str, _Named] = {}
        self._tags: dict[str, _Named] = {}
        self._settle_people: set[int] = set()
        self._settle_companies: set[int] = set()
        self._first = {table: adding.next_id(self._connection, table) for table in ("person", "company")}
        self._by_rules: dict[tuple[tuple[Any, ...], date | None], tuple[Any, ...]] = {}
        self._unsearched: list[Text] = []  # of people who aren't in the search yet
        self._of_batch = {"batch_id": self.batch_id}
        self._of_company = {**self._of_batch, "revision": 0, "people": 0, "past_people": 0}
        self._of_person = {
            **self._of_batch, "standing": "active", "added_on": today.isoformat(), "resting": 0, "snooze_count": 0,
            "revision": 0,
        }  # fmt: skip

    @contextlib.contextmanager
    def in_bulk(self) -> Iterator[None]:
        """Let companies, people and groups be added without the journal looking at each of their rows."""
        with adding.in_bulk(self._connection, _IN_BULK) as self._adding:
            yield

    def add_blobs(self, blobs: Iterable[tuple[str, bytes]]) -> None:
        """Keep bytes by their content address; those that are there stay as they are."""
        statement = "INSERT INTO blob (sha, original, refused) VALUES (?, ?, 0) ON CONFLICT (sha) DO NOTHING"
        for sha, data in blobs:
            self._connection.exec_driver_sql(statement, (sha, data))

    def add_companies(self, added: Sequence[CompanyAddition]) -> range:
        """Add companies; positions find them by name from then on."""
        profiles = [one.after for one in added]
        columns = values.companies(profiles)
        ids = self._insert("company", columns, self._of_company)
        for id_, name, key in zip(ids, columns["name"], columns["name_key"], strict=True):
            self._companies.setdefault(key, _Named(id_, said(name, key)))
        points = Listed.of(ids, [one.draft.contacts for one in profiles])
        keys = list(chain.from_iterable([one.keys for one in profiles]))
        self._insert("contact_point", values.contacts("company_id", points, keys))
        self._insert_sources("company_id", ids, [one.sources for one in added])
        return ids

    def update_companies(self, updated: Sequence[CompanyAddition]) -> None:
        """Write what is new to companies that are there."""
        found = [(one.id, one) for one in updated if one.id is not None]
        changed = [
            (id_, one.before, one.after)
            for id_, one in found
            if one.before is not None and one.before != one.after
        ]
        for id_, _, new in changed:
            draft = new.draft
            self._connection.exec_driver_sql(
                "UPDATE company SET site = ?, industry = ?, size = ?, place = ?, notes = ?, uid = ? WHERE id = ?",
                (draft.site, draft.industry, draft.size, draft.place, draft.notes, new.uid, id_),
            )
        ids = [id_ for id_, _, _ in changed]
        ords = self._next_ords("contact_point", "company_id", ids)
        points = Listed.of(ids, [new.draft.contacts[len(old.keys) :] for _, old, new in changed], ords)
        keys = list(chain.from_iterable([new.keys[len(old.keys) :] for _, old, new in changed]))
        self._insert("contact_point", values.contacts("company_id", points, keys))
        self._insert_sources("company_id", [id_ for id_, _ in found], [one.sources for _, one in found])
        self._settle_companies.update(ids)

    def add_people(self, added: Sequence[PersonAddition]) -> range:
        """Add people, derived columns and search included, and the companies and tags they name that are new."""
        profiles = [one.after for one in added]
        self._need_named(profiles)
        ids = self._adding.ids("person", len(profiles))
        # All that is made of what people say comes before SQLite works: meanwhile that leaves the processor's cache.
        columns = values.people(profiles)
        lists = self._lists(ids, profiles, are_new=True)
        self._unsearched += _texts(ids, columns, lists)
        self._insert_people(profiles, columns)
        self._insert_lists(lists)
        self._insert_sources("person_id", ids, [one.sources for one in added])
        if len(self._unsearched) >= _SEARCHED_AT_ONCE:
            self._index()
        return ids

    def update_people(self, updated: Sequence[PersonAddition]) -> None:
        """Write what is new to people who are there; what they say already isn't touched."""
        self._need_named([one.after for one in updated])
        found = [(one.id, one) for one in updated if one.id is not None]
        changed = [
            (id_, one.before, one.after)
            for id_, one in found
            if one.before is not None and one.before != one.after
        ]
        for id_, old, new in changed:
            self._fill(id_, old, new)
        ids = [id_ for id_, _, _ in changed]
        self._insert_lists(self._lists(ids, [_added(old, new) for _, old, new in changed], are_new=False))
        self._insert_sources("person_id", [id_ for id_, _ in found], [one.sources for _, one in found])
        self._settle_people.update(ids)

    def add_news(self, found: Sequence[tuple[int, str, News]]) -> None:
        """Keep what changed about people since an earlier file, each with the program it is of."""
        news.add(self._session, self.batch_id, self._today, found)

    def add_groups(self, groups: Sequence[GroupAddition]) -> None:
        """Give tags to the members of groups; who carries one already is left alone."""
        self._need_tags([group.name for group in groups])
        ids = [self._tags[folded(group.name)].id for group in groups]
        tagged: set[int] = set()
        for tag_id, group in zip(ids, groups, strict=True):
            query = f"SELECT k.value FROM json_each(?) k WHERE k.value NOT IN (SELECT person_id FROM person_tag WHERE tag_id = {tag_id})"
            new = [row[0] for row in _rows(self._session, query, list(dict.fromkeys(group.members)))]
            self._insert("person_tag", {"person_id": new, "tag_id": [tag_id] * len(new)})
            self._settle_people.update(new)
            tagged.update(new)
        self._insert_sources("tag_id", ids, [group.sources for group in groups])
        self._index()
        search.refresh(self._connection, "person", len(tagged), [sorted(tagged)])

    def add_touches(self, added: Sequence[tuple[TouchCard, int]]) -> None:
        """Add touches, each with one person who is there; call it after `finish`."""
        importing_touches.add(self._session, added, self._today)

    def finish(self, step: Callable[[int], None]) -> None:
        """Bring the search up to date, and the derived columns of everyone and every company that isn't new.

        Tells `step` of companies added, some at a time.
        """
        self._index()
        ends = {table: adding.next_id(self._connection, table) for table in self._first}
        indexed = {table: range(first, ends[table]) for table, first in self._first.items()}
        companies = indexed["company"]
        for start in range(0, len(companies), derived.CHUNK):
            added = companies[start : start + derived.CHUNK]
            search.add_range(self._connection, "company", added)
            with journal.unnoted(self._connection):
                derived.settle_companies(self._session, self._settle_companies.intersection(added))
            step(len(added))
        self._session.info[search.INDEXED] = indexed
        known = self._settle_companies.difference(companies)
        derived.settle(self._session, self._settle_people, known, today=self._today)

    @property
    def companies_added(self) -> int:
        """Return how many companies were added."""
        return adding.next_id(self._connection, "company") - self._first["company"]

    def _index(self) -> None:
        search.add(self._connection, "person", self._unsearched)
        self._unsearched = []

    def _need_named(self, profiles: Iterable[PersonProfile]) -> None:
        """Let people name companies and tags, making those that are new."""
        drafts = [one.draft for one in profiles]
        self._need_companies(dict.fromkeys(one.company for draft in drafts for one in draft.positions))
        self._need_tags(dict.fromkeys(chain.from_iterable(dict.fromkeys(draft.tags for draft in drafts))))

    def _need_companies(self, names: Iterable[str]) -> None:
        wanted: dict[str, str] = {}
        for name in names:
            wanted.setdefault(company_key(name), name)
        missing = [key for key in wanted if key not in self._companies]
        known = aliases.companies_named(self._session, missing) if missing else {}
        named = {
            id_: _Named(id_, said(name, company_key(name)), _rule(name, count, unit))
            for id_, name, count, unit in _rows(
                self._session,
                "SELECT c.id, c.name, c.every_count, c.every_unit FROM json_each(?) k CROSS JOIN company c ON c.id = k.value",
                list(known.values()),
            )
        }
        self._companies.update((key, named[id_]) for key, id_ in known.items())
        new = [name for key, name in wanted.items() if key not in self._companies]
        self.add_companies([CompanyAddition(CompanyProfile(CompanyDraft(name))) for name in new])

    def _need_tags(self, names: Iterable[str]) -> None:
        wanted: dict[str, str] = {}
        for name in names:
            wanted.setdefault(folded(name), name)
        missing = [key for key in wanted if key not in self._tags]
        query = (
            "SELECT t.key, t.id, t.name, t.every_count, t.every_unit FROM json_each(?) k"
            " CROSS JOIN tag t ON t.key = k.value"
        )
        for key, id_, name, count, unit in _rows(self._session, query, missing):
            self._tags[key] = _Named(id_, name, _rule(name, count, unit))
        new = {key: name for key, name in wanted.items() if key not in self._tags}
        ids = self._insert("tag", {"name": list(new.values()), "key": list(new)})
        self._tags.update(zip(new, map(_Named, ids, new.values()), strict=True))

    def _insert(self, table: str, columns: Columns, always: Mapping[str, Any] = NOTHING) -> range:
        return self._adding.insert(table, columns, always)

    def _insert_people(self, profiles: Sequence[PersonProfile], columns: Columns) -> None:
        """Insert people with what follows from the rules, which for most imports is the same for all."""
        drafts = [one.draft for one in profiles]
        held = list(map(_held, drafts))
        ruled = self._ruled(drafts, held)
        checks_in = [rules[_CHECK_IN_ON] is not None for rules in ruled]
        columns = columns | {
            "met_on": [iso(self._past(draft.met_on)) for draft in drafts],
            "company_id": [self._companies[company_key(one.company)].id if one else None for one in held],
            "title": [one.title if one else "" for one in held],
            "check_in_uid": [new_uid() if one else "" for one in checks_in],
        }
        always = self._of_person
        if all(rules is ruled[0] for rules in ruled):
            always = always | dict(zip(_BY_RULES, ruled[0], strict=True))
        else:
            columns |= dict(zip(_BY_RULES, zip(*ruled, strict=True), strict=True))
        ids = self._insert("person", columns, always)
        self._settle_people.update(compress(ids, checks_in))

    def _lists(self, ids: Sequence[int], profiles: Sequence[PersonProfile], *, are_new: bool) -> "_Lists":
        """Return what these people have several of; of those who are there `profiles` say only what is new."""
        drafts = [one.draft for one in profiles]

        def firsts(table: str) -> Mapping[int, int]:
            return NOTHING if are_new else self._next_ords(table, "person_id", ids)

        positions = Listed.of(ids, [draft.positions for draft in drafts], firsts("position"))
        tags = {names: [self._tags[folded(name)] for name in names] for names in {one.tags for one in drafts}}
        return _Lists(
            Listed.of(ids, [draft.contacts for draft in drafts], firsts("contact_point")),
            list(chain.from_iterable([one.keys for one in profiles])),
            positions,
            [self._companies[company_key(one.company)] for one in positions.values],
            Listed.of(ids, [draft.dates for draft in drafts], firsts("important_date")),
            Listed.of(ids, [tags[draft.tags] for draft in drafts]),
        )

    def _insert_lists(self, lists: "_Lists") -> None:
        self._insert("contact_point", values.contacts("person_id", lists.contacts, lists.keys))
        companies = [one.id for one in lists.companies]
        self._insert("position", values.positions(lists.positions, companies))
        self._settle_companies.update(companies)
        self._insert("important_date", values.dates(lists.dates))
        tag_ids = [tag.id for tag in lists.tags.values]
        self._insert("person_tag", {"person_id": lists.tags.owners, "tag_id": tag_ids})

    def _insert_sources(
        self, owner: str, ids: Sequence[int], sources: Sequence[Sequence[SourceText]]
    ) -> None:
        self._insert("source_card", values.sources(owner, Listed.of(ids, sources)), self._of_batch)

    def _ruled(
        self, drafts: Iterable[PersonDraft], held: Iterable[PositionDraft | None]
    ) -> list[tuple[Any, ...]]:
        """Return what follows from the rules for people who are new, found out once for all who say the same."""
        said = [
            (draft.every, draft.never, draft.tags, position.company if position else None, draft.met_on)
            for draft, position in zip(drafts, held, strict=True)
        ]
        found = {one: self._following(*one) for one in set(said)}
        return [found[one] for one in said]

    def _following(
        self,
        every: Interval | None,
        never: bool,
        tags: Iterable[str],
        company: str | None,
        met_on: date | None,
    ) -> tuple[Any, ...]:
        """Return what follows from the rules for someone new; without any, the day they were met changes nothing."""
        of_tags = tuple([rule for tag in tags if (rule := self._tags[folded(tag)].rule)])
        of_company = None if company is None else self._companies[company_key(company)].rule
        rules = (every, never, of_tags, of_company, self._book_every)
        known = (rules, None if rules == _NO_RULES else self._past(met_on))
        found = self._by_rules.get(known)
        if found is None:
            found = self._by_rules[known] = self._derive(CadenceRules(*rules), known[1])
        return found

    def _past(self, met_on: date | None) -> date | None:
        """Return the day a file says, unless it is still to come: a clock was wrong, or another year meant."""
        return met_on if met_on is not None and met_on <= self._today else None

    def _derive(self, rules: CadenceRules, met_on: date | None) -> tuple[Any, ...]:
        """Return the derived columns of anyone added today to whom these rules apply: no touch, no snooze, no skip."""
        sources = derived.Sources(CheckInFacts(added_on=self._today, met_on=met_on), rules)
        columns = derived.columns(sources, derived.Occurrence(), lambda: "", self._now)
        return tuple(_driver_value(columns[name]) for name in _BY_RULES)

    def _fill(self, person: int, old: PersonProfile, new: PersonProfile) -> None:
        """Fill what stood empty in a person's own row and in their positions; most news is of positions alone."""
        filled = self._filled(new)
        if filled != self._filled(old):
            self._connection.exec_driver_sql(_FILL, (*filled, person))
        for before, after in zip(old.draft.positions, new.draft.positions, strict=False):
            if before != after:
                self._connection.exec_driver_sql(
                    "UPDATE position SET title = ?, department = ?, current = ? WHERE person_id = ? AND title = ?"
                    " AND department = ? AND current = ?"
                    " AND company_id IN (SELECT id FROM company WHERE name_key = ? AND name = ?)",
                    (
                        after.title,
                        after.department,
                        after.current,
                        person,
                        before.title,
                        before.department,
                        before.current,
                        company_key(before.company),
                        before.company,
                    ),
                )

        for date_before, date_after in zip(old.draft.dates, new.draft.dates, strict=False):
            if date_before != date_after:
                on = date_after.on
                self._connection.exec_driver_sql(
                    "UPDATE important_date SET year = ?, month = ?, day = ?, text = ?"
                    " WHERE person_id = ? AND kind = ? AND label = ?",
                    (on.year, on.month, on.day, on.text, person, date_after.kind.value, date_after.label),
                )

    def _filled(self, profile: PersonProfile) -> tuple[Any, ...]:
        """Return what of a person's own row an import may fill, as `_FILL` has it."""
        draft, name = profile.draft, profile.draft.name
        return (
            draft.display_name, sort_key(draft.display_name), name.family, name.given, name.additional, name.prefix,
            name.suffix, json_of(draft.nicknames), draft.notes, draft.linkedin, iso(self._past(draft.met_on)), profile.uid,
            profile.photo, profile.photo_link, name_key(draft.display_name, name),
        )  # fmt: skip

    def _next_ords(self, table: str, owner: str, ids: Iterable[int | None]) -> dict[int, int]:
        query = (
            f"SELECT x.{owner}, max(x.ord) + 1 FROM json_each(?) k CROSS JOIN {table} x ON x.{owner} = k.value"
            f" GROUP BY x.{owner}"
        )
        return {row[0]: row[1] for row in _rows(self._session, query, list(ids))}


_CHECK_IN_ON = _BY_RULES.index("check_in_on")
_NO_RULES = (None, False, (), None, None)


def _added(old: PersonProfile, new: PersonProfile) -> PersonProfile:
    """Return what is new of what a person has several of."""
    was, draft = old.draft, new.draft
    draft = replace(
        draft,
        contacts=draft.contacts[len(old.keys) :],
        positions=draft.positions[len(was.positions) :],
        dates=draft.dates[len(was.dates) :],
        tags=draft.tags[len(was.tags) :],
    )
    return replace(new, draft=draft, keys=new.keys[len(old.keys) :])


def _texts(ids: Sequence[int], columns: Columns, lists: _Lists) -> Iterator[Text]:
    """Yield what people just added are found by, as `search_texts.people` does for those who are there."""
    named = zip(lists.companies, lists.positions.values, strict=True)
    work = [f"{company.text} {held.title}" for company, held in named]
    contacts = map(said, [point.value for point in lists.contacts.values], lists.keys)
    return map(
        person_text,
        ids,
        zip(*[columns[name] for name in _OWN_TEXTS], strict=True),
        lists.positions.parted(work),
        lists.contacts.parted(contacts),
        lists.tags.parted([tag.text for tag in lists.tags.values]),
    )


def _held(draft: PersonDraft) -> PositionDraft | None:
    """Return the position that a person's own row shows: the first of those held now."""
    for position in draft.positions:
        if position.current:
            return position
    return None


def _rule(name: str, count: int | None, unit: str | None) -> NamedInterval | None:
    every = interval(count, unit)
    return None if every is None else NamedInterval(name, every)


def _driver_value(value: Any) -> Any:
    """Return a value as the driver stores what SQLAlchemy's types would."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
