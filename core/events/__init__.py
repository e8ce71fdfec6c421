"""Events: what happened, kept in the same transaction as the change itself."""
