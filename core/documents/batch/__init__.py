"""Many documents from a table: a row for each, looked at before anything is made."""
