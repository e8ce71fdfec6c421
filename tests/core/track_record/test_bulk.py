"""Accepted budgets as files for the platforms: a file each, a day's budget, no formulas."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from core.campaigns.optimizer.suggestion import Kind, Measure
from core.track_record.bulk import files
from core.track_record.ports import CampaignKey
from core.track_record.schemas import Accepted, Change
from tests.core.track_record.proposals import accepted

BRAND = CampaignKey(1, "Brand, all", "google_ads", "7", "111", "search", False)
VIDEO = CampaignKey(2, "Video", "microsoft_ads", "8", "222", "video", False)
SOCIAL = CampaignKey(3, "Social", "facebook_ads", "9", "333", "social", False)
MAIL = CampaignKey(4, "Mail", "mailchimp", "10", "444", "email", False)


def plan(**values: object) -> Accepted:
    changes = tuple(
        Change(one.campaign_id, one.name, 2800.0, 1400.0, Measure.MONEY)
        for one in (BRAND, VIDEO, SOCIAL, MAIL)
    )
    return accepted(plan=changes, **values)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_each_platform_gets_its_own_file_with_budgets_a_day() -> None:
    made = {one.platform: read(one.text) for one in files(plan(), [BRAND, VIDEO, SOCIAL, MAIL])}
    assert {
        "google_ads": [["Campaign", "Campaign ID", "Budget"], ["Brand, all", "111", "50.00"]],
        "microsoft_ads": [
            ["Type", "Id", "Parent Id", "Campaign", "Budget", "Budget Type", "Name"],
            ["Format Version", "", "", "", "", "", "6.0"],
            ["Campaign", "222", "8", "Video", "50.00", "DailyBudgetStandard", ""],
        ],
        "facebook_ads": [
            ["Campaign ID", "Campaign Name", "Campaign Daily Budget"],
            ["333", "Social", "50.00"],
        ],
        "mailchimp": [["Campaign", "Campaign ID", "Daily budget"], ["Mail", "444", "50.00"]],
    } == made


def test_campaigns_that_keep_their_budget_are_not_in_it() -> None:
    same = accepted(plan=(Change(1, "Brand", 2800.0, 2800.1, Measure.MONEY),))
    assert [] == files(same, [BRAND])


def test_shares_of_audiences_are_no_budgets() -> None:
    assert [] == files(plan(kind=Kind.AUDIENCE), [BRAND])


@given(st.text(min_size=1), st.text(min_size=1) | st.none())
def test_no_cell_is_a_formula(name: str, number: str | None) -> None:
    for platform in ("google_ads", "microsoft_ads", "facebook_ads", "other"):
        key = CampaignKey(1, name, platform, number, number, None, False)
        for one in files(plan(), [key]):
            cells = [cell for row in read(one.text) for cell in row]
            assert [] == [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\n")]


def test_a_name_that_looks_like_a_formula_is_left_to_its_number() -> None:
    key = CampaignKey(1, "=1+1", "google_ads", "7", "111", None, False)
    assert ["", "111", "50.00"] == read(files(plan(), [key])[0].text)[1]
