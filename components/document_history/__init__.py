"""The history of documents: finding them, comparing two, and what templates have come to."""
