"""Widgets of the house: they know nothing of people and companies."""
