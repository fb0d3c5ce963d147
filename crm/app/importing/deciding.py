"""What the user chooses about possible duplicates: another plan from the same records."""

from collections.abc import Mapping
from dataclasses import replace

from crm.app.importing.judging import Basis
from crm.app.importing.planning import ImportPlan, planned, put_verdicts
from crm.app.importing.targets import Target, Targets
from crm.domain.card import CardKind
from crm.domain.comparing import FieldLine, compare_people
from crm.domain.importplan import Candidate, Choice, Decision
from crm.domain.merging import PersonProfile
from crm.errors import NotFound

_SKIPPING = frozenset((Choice.SKIP, Choice.ALWAYS_SKIP))


def decide(decided_from: ImportPlan, decisions: Mapping[int, Decision | None]) -> ImportPlan:
    """Return the plan with these choices, by line; None takes a choice back.

    A record that is merged takes with it the records that are certainly the same as it. A line that couldn't be read,
    or is someone for certain, has nothing to decide but whether it is skipped.
    """
    basis = decided_from.basis
    fitting = {line: one for line, one in decisions.items() if _fits(basis, line, one)}
    chosen = {line: one for line, one in {**basis.decisions, **fitting}.items() if one is not None}
    flags, verdicts = decided_from.lines.included[:], decided_from.lines.verdicts[:]
    for line, one in fitting.items():
        flags[line] = one is None or one.choice not in _SKIPPING
    decided = _moved(replace(basis, decisions=chosen))
    touched = {target for line in fitting for target in (basis.targets[line], decided.targets[line])}
    for target in touched:
        if target is not None and decided.targets.first(target) is not None:
            put_verdicts(decided, target, flags, verdicts)
    return planned(decided, verdicts, flags)


def compare(plan: ImportPlan, line: int, candidate: Candidate) -> tuple[FieldLine, ...]:
    """Return someone a record possibly is, and the record, side by side.

    Raises `NotFound` when the candidate is none of that line's.
    """
    record = plan.basis.record(line).person
    if candidate not in plan.basis.candidates.get(line, ()) or record is None:
        raise NotFound("person", candidate.person_id)
    known = _profile(plan, candidate)
    return compare_people((known, record)) if known else ()


def replay(plan: ImportPlan, made: ImportPlan) -> ImportPlan:
    """Return a plan made anew from the same records with the choices of an earlier one, where they still fit."""
    return decide(plan, made.basis.decisions)


def _profile(plan: ImportPlan, candidate: Candidate) -> PersonProfile | None:
    """Return what a candidate says; of one in the same files, with what records before add."""
    if candidate.person_id is not None:
        return plan.basis.people.get(candidate.person_id)
    if candidate.line is None:
        return None
    return plan.basis.record(candidate.line).person


def _fits(basis: Basis, line: int, decision: Decision | None) -> bool:
    if basis.targets[line] is None:
        return False
    if decision is None or decision.choice is not Choice.MERGE:
        return True
    return decision.candidate in basis.candidates.get(line, ())


def _moved(basis: Basis) -> Basis:
    """Return the basis in which each target that is merged is whom it is merged into; candidates always come before."""
    moved: dict[Target, Target] = {}
    for line in sorted(basis.decisions):
        decision = basis.decisions[line]
        if decision.choice is Choice.MERGE and decision.candidate is not None:
            into = decision.candidate
            target = (
                Target(CardKind.PERSON, id=into.person_id)
                if into.person_id is not None
                else basis.matched[into.line or 0]
            )
            if target is not None:
                moved[Target(CardKind.PERSON, index=line)] = moved.get(target, target)
    if not moved:
        return replace(basis, targets=basis.matched, moved=moved)
    targets = Targets()
    for target in basis.matched:
        targets.append(None if target is None else moved.get(target, target))
    return replace(basis, targets=targets, moved=moved)
