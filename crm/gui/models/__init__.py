"""Qt models: the one for big lists, and the columns of its tables."""
