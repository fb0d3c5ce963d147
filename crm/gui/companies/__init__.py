"""The screen of companies: the list, the page of one company, and the dialogs that add, edit and merge."""
