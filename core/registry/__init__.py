"""Trained models as records: their versions, how good each is, and which one answers."""
