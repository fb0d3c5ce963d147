"""The calendar: what stands on which day, moved by drag, keys or menu."""
