"""Other names of companies: those they had before a merge or a new name, so that no import makes them again."""

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from crm.domain.company import company_key
from crm.store.tables import Company, CompanyAlias


def companies_named(session: Session, keys: Sequence[str]) -> dict[str, int]:
    """Return which companies these keys mean: the one that has the name, else one that had it."""
    said = json.dumps(list(keys), ensure_ascii=False)
    found: dict[str, int] = {}
    for query in (_HAD, _HAS):  # the second holds
        found.update((key, id_) for key, id_ in session.connection().exec_driver_sql(query, (said,)))
    return found


def renamed(session: Session, keys: Sequence[str]) -> dict[str, str]:
    """Return what the companies are called now whose old names these keys are, unless another company has the name."""
    said = json.dumps(list(keys), ensure_ascii=False)
    return dict(map(tuple, session.connection().exec_driver_sql(_CALLED, (said,))))


def remember(session: Session, company_id: int, names: Iterable[str]) -> None:
    """Let a company be found by these names too; the one it has, and those known, aren't noted."""
    company = session.get_one(Company, company_id)
    known = set(session.scalars(select(CompanyAlias.name_key).where(CompanyAlias.company_id == company_id)))
    rows = {company_key(name): name for name in names if name}
    new = [
        {"company_id": company_id, "name": name, "name_key": key}
        for key, name in rows.items()
        if key not in known and key != company.name_key
    ]
    own = (CompanyAlias.company_id == company_id) & (CompanyAlias.name_key == company.name_key)
    session.execute(delete(CompanyAlias).where(own))
    if new:
        session.execute(insert(CompanyAlias), new)


_CALLED = (
    "SELECT a.name_key, c.name FROM json_each(?) k CROSS JOIN company_alias a ON a.name_key = k.value"
    " JOIN company c ON c.id = a.company_id WHERE a.name_key NOT IN (SELECT name_key FROM company) ORDER BY a.id DESC"
)
_HAS = "SELECT c.name_key, c.id FROM json_each(?) k CROSS JOIN company c ON c.name_key = k.value ORDER BY c.id DESC"
_HAD = (
    "SELECT a.name_key, a.company_id FROM json_each(?) k CROSS JOIN company_alias a ON a.name_key = k.value"
    " ORDER BY a.id DESC"
)
