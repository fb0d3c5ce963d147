"""Making long runs over many small values quick."""

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def no_cycles_sought() -> Iterator[None]:
    """Let Python not look for reference cycles meanwhile.

    Records are hundreds of thousands of small values that form none: to look through them again and again costs a
    fifth of an import. All else that ends meanwhile goes at once, as ever. What is still there in the end counts as old:
    else Python would look through all of it right after.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()  # all there is becomes permanent…
            gc.unfreeze()  # …and what is permanent, old: neither looks at anything
            gc.enable()
