"""What several rooms ask about check-ins: `LogTouchDialog`, `snooze_menu`, `every_menu`, and the verbs behind them."""

from crm.gui.checkins.log_touch import LogTouchDialog
from crm.gui.checkins.often import EveryDialog, every_menu
from crm.gui.checkins.pace import PaceCard
from crm.gui.checkins.silences import add_silences
from crm.gui.checkins.snoozing import SnoozeDialog, snooze_menu
from crm.gui.checkins.verbs import back, mute, rest, resume, set_every, skip, snooze, unsnooze

__all__ = [
    "EveryDialog",
    "LogTouchDialog",
    "PaceCard",
    "SnoozeDialog",
    "add_silences",
    "back",
    "every_menu",
    "mute",
    "rest",
    "resume",
    "set_every",
    "skip",
    "snooze",
    "snooze_menu",
    "unsnooze",
]
