"""The room of people: the list, the page of one person, the editor."""
