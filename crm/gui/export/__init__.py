"""Export of check-ins to a calendar file."""
