"""A template's form: fields, draft, format, and the pages beside it."""
