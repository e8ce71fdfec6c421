"""Optimizers: from evidence to a suggestion that says how sure it is."""
