"""The first screen of an empty book."""
