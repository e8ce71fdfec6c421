"""The audit trail: who did what to whom, append only."""
