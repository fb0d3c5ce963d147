"""The command line: the same verbs and asks as the window, without a display and without Qt."""
