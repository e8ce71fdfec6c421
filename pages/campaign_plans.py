"""Campaign plans: what is planned, and what is reported and not planned yet."""

from components import account_goals, viewer
from components.campaign_editor import listing
from core.accounts.access import Area


def page() -> None:
    """Draw both lists with the way to write a plan."""
    principal = viewer.page(Area.CAMPAIGNS)
    t = viewer.words()
    listing.head(t)
    account_goals.editor(principal, t)
    listing.plans(listing.records(principal), t)
    listing.reported(listing.not_planned(principal), t)
