"""Verbs and asks: the only door for the window and the command line."""
