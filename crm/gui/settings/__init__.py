"""The settings of the book and of this machine."""
