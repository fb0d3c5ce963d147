"""Long runs over many small values: nothing is looked through for cycles, not even once they end."""

import gc

from crm.app.importing_pace import no_cycles_sought


def test_what_was_made_meanwhile_is_not_looked_through_as_soon_as_it_ends() -> None:
    passes: list[str] = []
    gc.callbacks.append(lambda phase, _info: passes.append(phase))
    try:
        with no_cycles_sought():
            made = [[number] for number in range(5000)]
            assert not gc.isenabled()
        assert gc.isenabled()
        assert len(made) == 5000
        assert passes == []
    finally:
        gc.callbacks.pop()


def test_a_run_within_a_run_leaves_it_to_the_outer_one() -> None:
    with no_cycles_sought():
        with no_cycles_sought():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
