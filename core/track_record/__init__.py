"""The track record: which suggestions were accepted, and what came of them."""
