"""Keepwarm keeps a professional network warm: who to talk to today, and why."""

__version__ = "0.1.0"
