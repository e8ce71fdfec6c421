"""The track record: accepted suggestions and what came of them."""
