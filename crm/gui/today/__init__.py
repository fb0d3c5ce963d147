"""The room Today: whom to check in with, why, and what the week looks like."""
