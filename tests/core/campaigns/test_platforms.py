import pytest

from core.campaigns.platforms import platform_name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("google_ads", "Google Ads"),
        ("linkedin_ads", "LinkedIn Ads"),
        ("tiktok_ads", "TikTok Ads"),
        ("apple_search_ads", "Apple Search Ads"),
        ("bing", "Bing"),
        ("", ""),
    ],
)
def test_a_platform_is_called_as_it_calls_itself(code: str, name: str) -> None:
    assert name == platform_name(code)


def test_codes_that_differ_have_names_that_differ() -> None:
    codes = ["google", "google_ads", "google ads", "facebook", "facebook_ads", "meta_ads"]
    assert len(codes) == len({platform_name(code) for code in codes})
