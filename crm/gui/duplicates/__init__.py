"""The room of duplicates: who may be the same, side by side, merged or kept apart."""
