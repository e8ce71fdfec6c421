"""People: accounts, roles, sessions, invitations, and who may see what."""
