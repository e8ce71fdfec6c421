"""Campaigns: budgets, states, creatives, audiences, and their key figures."""
