"""Export of people: to vCards, tables, or a whole book to keep."""
