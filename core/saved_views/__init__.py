"""Saved views: filters of a page that a person gave a name and finds again."""
