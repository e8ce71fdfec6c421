"""Alerts: what a person should know about a campaign, raised once, shown and sent once each."""
