"""Trained models as administrators see them."""
