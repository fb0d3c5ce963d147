"""The search's queries: whatever is typed, FTS5 takes it for words, never for a phrase, which the index can't answer."""

import contextlib
import sys
from pathlib import Path

from crm.store import search
from crm.store.connections import making_engine


def test_every_letter_there_is_can_stand_within_a_word_that_is_looked_for(tmp_path: Path) -> None:
    engine = making_engine(tmp_path / "search")
    with engine.begin() as connection:
        search.create(connection)
    letters = [chr(at) for at in range(sys.maxunicode + 1) if chr(at).isalnum()]
    few = search.MOST_WORDS // 2  # a letter that is none to FTS5 makes two words of one
    with contextlib.closing(engine.raw_connection()) as connection:
        for start in range(0, len(letters), few):
            words = search.match(" ".join(f"a{letter}b" for letter in letters[start : start + few]))
            query = "SELECT rowid FROM person_search WHERE person_search MATCH ?"
            assert connection.execute(query, (words,)).fetchall() == []
    engine.dispose()
