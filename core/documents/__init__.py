"""Documents: templates, what was made from them, and how well."""
