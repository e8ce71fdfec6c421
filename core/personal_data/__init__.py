"""What is held on a person: taken out whole by them, and what they ask about it."""
