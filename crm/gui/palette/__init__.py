"""Typing instead of clicking: a touch in one sentence, and the palette that finds and does."""
