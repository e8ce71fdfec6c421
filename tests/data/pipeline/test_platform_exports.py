"""Exports as people download them from each platform, written by hand in the platform's form."""

from decimal import Decimal

import pytest

from core.imports.choices import Choices, DateOrder
from data.pipeline import faults
from tests.data.reports import Desk, read
from tests.data.warehouse.integrity import broken_grains, broken_references

GOOGLE = """Campaign report
"March 1, 2025 - March 3, 2025"
Day,Campaign,Campaign ID,Campaign status,Currency code,Cost,Impr.,Clicks,CTR,Conversions,Conv. value
2025-03-01,Total Wine,1001,Enabled,EUR,"1,103.15","1,103,153",517,1.49%,3.50,210.00
2025-03-01,Brand,1002,Enabled,EUR,12.00,240, --,0.00%,0.33, --
2025-03-02,Total Wine,1001,Paused,EUR,0.40,88,2,2.27%,0.00,0.00
Total: Account,--,--,--,EUR,"1,115.55","1,103,481",519,0.05%,3.83,210.00
Total: Filtered campaigns,--,--,--,EUR,"1,115.55","1,103,481",519,0.05%,3.83,210.00
"""
FRENCH = """Rapport sur les campagnes
1 mars 2025 - 2 mars 2025
Jour;Campagne;Code de devise;Coût;Impressions;Clics;CTR;Conversions;Valeur de conv.
2025-03-01;Été à Paris;EUR;"1\u202f234,56";12\u202f345;120;0,97 %;3,50;99,90
2025-03-02;Été à Paris;EUR;10,00;1\u00a0000;7;0,70 %;0,00;0,00
Total : campagnes; --; --;1244,56;13345;127;0,95 %;3,50;99,90
"""
GERMAN = """Kampagnenbericht
1. März 2025 - 2. März 2025
Tag,Kampagne,Währungscode,Kosten,Impr.,Klicks,CTR,Conversions,Conv.-Wert
01.03.2025,Größe Zwei,EUR,"1.234,56","12.345",120,"0,97 %","3,50","99,90"
02.03.2025,Größe Zwei,EUR,"10,00","1.000",7,"0,70 %","0,00","0,00"
Gesamt: Kampagnen, --, --,"1.244,56","13.345",127,"0,95 %","3,50","99,90"
"""
SPANISH = """Informe de campañas
Día;Campaña;Código de moneda;Coste;Impr.;Clics;Conversiones;Valor de conv.
2025-03-01;Otoño;EUR;1.234,56;12.345;120;3,50;99,90
2025-03-02;Otoño;EUR;10,00;1.000;7;0,00;0,00
"""
META = """\ufeffReporting starts,Reporting ends,Campaign name,Campaign delivery,Results,\
Result indicator,Reach,Impressions,Link clicks,Amount spent (EUR),Purchases,\
Purchases conversion value
2025-03-01,2025-03-02,,,,,950,2100,35,27.49,3,150.5
2025-03-01,2025-03-01,Spring,active,2,actions:offsite,500,1100,20,15.25,2,100.5
2025-03-02,2025-03-02,Spring,active,1,actions:offsite,450,1000,15,12.24,1,50
"""
MICROSOFT = """"Report Name:","Campaign performance"
"Report Time:","3/1/2025-3/2/2025"
"Time Zone:","(GMT-08:00) Pacific Time (US & Canada)"
"Report Aggregation:","Daily"
"Rows:","2"

"Gregorian date","Account name","Account number","Campaign name","Campaign ID","Currency code",\
"Device type","Impressions","Clicks","CTR","Spend","Conversions","Revenue"
"3/1/2025","Shop","X000ABCD","Boots","77","USD","Computer","1,204","31","2.57%","18.40","2","88.00"
"3/31/2025","Shop","X000ABCD","Boots","77","USD","Smartphone","300","4","1.33%","2.10","0","0.00"
"©2025 Microsoft Corporation. All rights reserved. "
"""
GA4 = """# ----------------------------------------
# Traffic acquisition: Session campaign
# Account: Shop
# Property: Shop - GA4
# ----------------------------------------
#
# All Users
# Start date: 20250301
# End date: 20250302
Date,Session campaign,Sessions,Engaged sessions,Key events,Total revenue
20250301,Spring,120,80,3,150.25
20250302,Spring,100,70,1.5,20
,,220,150,4.5,170.25
"""
CONNECTOR = """segments.date,customer.id,campaign.id,campaign.name,metrics.clicks,\
metrics.impressions,metrics.cost_micros,metrics.conversions,metrics.conversions_value
2025-03-01,7,100,Winter,10,1000,12500000,1.5,40
2025-03-02,7,100,Winter,1,90,333333,0,0
"""


def take(desk: Desk, text: str, encoding: str = "utf-8", **choices: object):
    path = desk.bytes("export.csv", text.encode(encoding))
    return desk.take(path, choices=Choices(**choices))[0]


def facts(desk: Desk) -> list[tuple]:
    return desk.warehouse.rows(
        """SELECT campaign_name, date_id, f.currency, impressions, clicks, spend::DOUBLE,
               conversions::DOUBLE, conversions_value::DOUBLE
           FROM fact_campaign_performance AS f JOIN dim_campaign USING (campaign_id)
           ORDER BY ALL"""
    )


CASES = {
    "google": (
        GOOGLE,
        "google_ui",
        (3, 2),
        [
            ("Brand", 20250301, "EUR", 240, 0, 12.0, 0.33, None),
            ("Total Wine", 20250301, "EUR", 1103153, 517, 1103.15, 3.5, 210.0),
            ("Total Wine", 20250302, "EUR", 88, 2, 0.4, 0.0, 0.0),
        ],
    ),
    "google in French": (
        FRENCH,
        "google_ui",
        (2, 1),
        [
            ("Été à Paris", 20250301, "EUR", 12345, 120, 1234.56, 3.5, 99.9),
            ("Été à Paris", 20250302, "EUR", 1000, 7, 10.0, 0.0, 0.0),
        ],
    ),
    "google in German": (
        GERMAN,
        "google_ui",
        (2, 1),
        [
            ("Größe Zwei", 20250301, "EUR", 12345, 120, 1234.56, 3.5, 99.9),
            ("Größe Zwei", 20250302, "EUR", 1000, 7, 10.0, 0.0, 0.0),
        ],
    ),
    "google in Spanish": (
        SPANISH,
        "google_ui",
        (2, 0),
        [
            ("Otoño", 20250301, "EUR", 12345, 120, 1234.56, 3.5, 99.9),
            ("Otoño", 20250302, "EUR", 1000, 7, 10.0, 0.0, 0.0),
        ],
    ),
    "meta": (
        META,
        "meta_ui",
        (2, 1),
        [
            ("Spring", 20250301, "EUR", 1100, 20, 15.25, 2.0, 100.5),
            ("Spring", 20250302, "EUR", 1000, 15, 12.24, 1.0, 50.0),
        ],
    ),
    "microsoft": (
        MICROSOFT,
        "microsoft_ui",
        (2, 0),
        [
            ("Boots", 20250301, "USD", 1204, 31, 18.4, 2.0, 88.0),
            ("Boots", 20250331, "USD", 300, 4, 2.1, 0.0, 0.0),
        ],
    ),
    "ga4": (
        GA4,
        "ga4",
        (2, 1),
        [
            ("Spring", 20250301, "XXX", 0, 0, 0.0, 3.0, 150.25),
            ("Spring", 20250302, "XXX", 0, 0, 0.0, 1.5, 20.0),
        ],
    ),
    "a connector's table": (
        CONNECTOR,
        "connector",
        (2, 0),
        [
            ("Winter", 20250301, "XXX", 1000, 10, 12.5, 1.5, 40.0),
            ("Winter", 20250302, "XXX", 90, 1, 0.3333, 0.0, 0.0),
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_an_export_is_recognised_read_and_known_again(desk: Desk, case: str) -> None:
    text, source, (rows, totals), expected = CASES[case]
    first, again = (take(desk, text) for _ in range(2))
    assert (source, rows, rows, totals) == (
        first.source, first.rows_read, first.kept, first.totals_left_out,
    )  # fmt: skip
    assert expected == facts(desk)
    assert (0, rows, 0) == (again.kept, again.duplicate, again.quarantined)
    assert first.totals == again.totals
    assert ([], []) == (broken_grains(desk.warehouse), broken_references(desk.warehouse))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_google_s_file_for_spreadsheets_is_wide_and_has_tabs(desk: Desk, encoding: str) -> None:
    text = GOOGLE.replace('"March 1, 2025 - March 3, 2025"', "March 1, 2025 - March 3, 2025")
    lines = [line.replace('"', "") if at < 2 else line for at, line in enumerate(text.split("\n"))]
    tabbed = "\n".join(_tabbed(line) for line in lines)
    report = take(desk, tabbed, encoding)
    assert (3, 3, 2) == (report.rows_read, report.kept, report.totals_left_out)
    assert CASES["google"][3] == facts(desk)


def _tabbed(line: str) -> str:
    quoted = line.split('"')
    return "".join(part if at % 2 else part.replace(",", "\t") for at, part in enumerate(quoted))


def test_a_campaign_called_total_without_its_day_is_refused_and_not_dropped(desk: Desk) -> None:
    text = GOOGLE.replace("2025-03-02,Total Wine", ",Total Wine")
    report = take(desk, text)
    assert (3, 2, {"missing_date": 1}) == (report.rows_read, report.kept, report.reasons)


def test_period_totals_are_refused_by_name(desk: Desk) -> None:
    text = META.replace("2025-03-01,2025-03-01,Spring", "2025-03-01,2025-03-31,Spring")
    with pytest.raises(faults.PeriodTotals) as refused:
        take(desk, text)
    assert {"row": 3, "first": "2025-03-01", "last": "2025-03-31"}.items() <= (
        refused.value.data.items()
    )
    assert 0 == desk.lake.generation()


def test_a_row_without_a_campaign_between_others_is_no_total(desk: Desk) -> None:
    lines = META.splitlines()
    text = "\n".join([*lines[:3], lines[3].replace("Spring", ""), *lines[2:]])
    text = text.replace("2025-03-02,2025-03-02,,", "2025-03-03,2025-03-03,,", 1)
    report = take(desk, text)
    assert {"missing_campaign": 1} == report.reasons


@pytest.mark.parametrize(
    ("order", "day"), [(DateOrder.DAY_FIRST, 20250302), (DateOrder.MONTH_FIRST, 20250203)]
)
def test_an_order_of_day_and_month_is_asked_for_and_then_followed(
    desk: Desk, order: DateOrder, day: int
) -> None:
    text = GOOGLE.replace("2025-03-01", "02/03/2025").replace("2025-03-02", "02/03/2025")
    text = text.replace("Brand,1002", "Brand,1003")
    rows = text.splitlines()
    text = "\n".join([*rows[:3], rows[4]])
    with pytest.raises(faults.AmbiguousDates):
        take(desk, text)
    take(desk, text, dates=order)
    assert [day] == [fact[1] for fact in facts(desk)]


def test_a_decimal_comma_beside_a_decimal_point_is_refused_by_name(desk: Desk) -> None:
    with pytest.raises(faults.NumbersInTwoFormats) as refused:
        take(desk, GERMAN.replace('"10,00"', "10.00"))
    assert ("kosten", "export.csv") == (refused.value.data["column"], refused.value.data["file"])


def test_what_an_export_restates_is_replaced(desk: Desk) -> None:
    take(desk, FRENCH)
    report = take(desk, FRENCH.replace(";10,00;", ";11,00;"))
    assert (1, 1, 1, Decimal("1245.56")) == (
        report.kept, report.duplicate, report.replaced, report.totals.spend,
    )  # fmt: skip


def test_what_analytics_does_not_tell_is_said(desk: Desk) -> None:
    report = take(desk, GA4)
    assert "not what the advertising cost" in report.note
    assert (None, None, Decimal("4.5")) == (
        report.totals.spend, report.totals.clicks, report.totals.conversions,
    )  # fmt: skip


def test_the_rows_of_a_long_export_keep_their_numbers(desk: Desk) -> None:
    lines = [f"2025-03-01,Campaign {at},EUR,1.00,10,1,--" for at in range(300_000)]
    lines[250_000] = "2025-03-01,Campaign x,EUR,ten,10,1,--"
    text = "\n".join(["Day,Campaign,Currency code,Cost,Impr.,Clicks,Conversions", *lines])
    report = take(desk, text)
    assert {"not_a_number": 1} == report.reasons
    assert report.quarantine_path is not None
    assert ["250002"] == [refused["_row"] for refused in read(report.quarantine_path)]
