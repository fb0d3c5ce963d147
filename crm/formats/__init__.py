"""Text to drafts and problems, and back; no database here."""
