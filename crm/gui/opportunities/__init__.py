"""The room of opportunities: the board, the table, and the panel of one of them."""
