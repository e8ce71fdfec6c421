"""What does the next unit of spend return? Response curves fitted on demand from a history."""
