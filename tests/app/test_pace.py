import gc

from crm.app.pace import no_cycles_sought


def test_what_was_made_while_no_cycles_are_sought_is_not_looked_through_right_after() -> None:
    with no_cycles_sought():
        assert not gc.isenabled()
        made = [[number] for number in range(10_000)]
    assert gc.isenabled()
    old = {id(one) for one in gc.get_objects(generation=2)}
    assert all(id(one) in old for one in made)
    assert gc.get_freeze_count() == 0


def test_whoever_seeks_no_cycles_anyway_goes_on_so() -> None:
    gc.disable()
    try:
        with no_cycles_sought():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
