"""When the one notice a day is due."""

from datetime import date, datetime, time, timedelta

_DAY = timedelta(days=1)


def is_due(now: datetime, at: time, told_on: date | None) -> bool:
    """Say whether a day's notice is to be told: from its time on, however late, and once.

    A clock set back over midnight doesn't tell a day again. One that was years ahead when it told doesn't silence the
    days until then: only a notice of today or tomorrow counts as told.
    """
    told = told_on is not None and timedelta() <= told_on - now.date() <= _DAY
    return now.time() >= at and not told
