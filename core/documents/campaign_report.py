"""The sections that tell campaign figures, for reports and for whatever else quotes them."""

from collections.abc import Callable, Mapping

from core.documents import campaign_sections
from core.documents.campaign_telling import Telling
from core.documents.model import Section

SECTIONS: Mapping[str, Callable[[Telling], Section]] = {
    "summary": campaign_sections.summary,
    "headlines": campaign_sections.headlines,
    "key_figures": campaign_sections.key_figures,
    "headline_figures": campaign_sections.headline_figures,
    "course": campaign_sections.course,
    "small_chart": campaign_sections.small_chart,
    "by_campaign": campaign_sections.by_campaign,
    "largest_campaigns": campaign_sections.largest_campaigns,
    "remarks": campaign_sections.remarks,
}
