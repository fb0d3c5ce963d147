"""The one gate that every sentence passes: translation and plurals."""

from collections.abc import Callable

Translator = Callable[[str, int | None], str]


class _Speech:
    """The translator in force; one per process, as a program speaks one language at a time."""

    translate: Translator | None = None


def set_translator(translate: Translator | None) -> None:
    """Have every sentence translated: the function gets the English text and, for plurals, the number."""
    _Speech.translate = translate


def say(english: str, /, **values: object) -> str:
    """Return the sentence in the user's language, with `{name}` filled in. Values are never read as templates."""
    template = english if _Speech.translate is None else _Speech.translate(english, None)
    return template.format(**values) if values else template


def count(number: int, one: str, many: str, /, **values: object) -> str:
    """Return the singular or the plural sentence, with `{n}` filled in: 1,284 with separators."""
    english = one if number == 1 else many
    template = english if _Speech.translate is None else _Speech.translate(english, number)
    return template.format(n=f"{number:,}", **values)


def shortened(text: str, most: int) -> str:
    """Return the user's own text as one line of at most `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
