"""The window: shows values, starts verbs. PySide6 lives here and nowhere else."""
