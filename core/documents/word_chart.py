"""A chart that Word itself draws and edits: its XML, and the workbook behind it."""

# mypy: disable-error-code="no-untyped-call"
# python-pptx carries no types for its charts.

import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree
from pptx.chart.chart import Chart as ChartView
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.util import Pt
from xlsxwriter import Workbook

from core.documents import house_style as house
from core.documents.house import DEFAULT_HOUSE, House
from core.documents.model import Chart, ChartKind

CHART_KINDS = {ChartKind.LINE: XL_CHART_TYPE.LINE, ChartKind.COLUMN: XL_CHART_TYPE.COLUMN_CLUSTERED}
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LABELS = 8  # as many labels as fit under the chart


def add_chart(
    document_part: Any, chart: Chart, number: int, created: datetime, style: House = DEFAULT_HOUSE
) -> str:
    """Put a chart and its workbook into the package; returns the chart's relationship id."""
    package = document_part.package
    data = chart_data(chart)
    sheet = Part(
        PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"),
        _XLSX,
        workbook(data, created),
        package,
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package)
    sheet_id = part.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE)
    part._blob = chart_xml(chart, data, sheet_id, style)
    return str(document_part.relate_to(part, RELATIONSHIP_TYPE.CHART))


def chart_xml(chart: Chart, data: CategoryChartData, sheet_id: str, style: House) -> bytes:
    """The chart part: written by python-pptx, dressed in the house style."""
    space: Any = parse_xml(ChartXmlWriter(CHART_KINDS[chart.kind], data).xml.encode())
    view = ChartView(space, None)
    dress(view, chart, style)
    _frameless(space)
    rounded = etree.SubElement(space, f"{{{_C}}}roundedCorners", val="0")
    space.find(f"{{{_C}}}date1904").addnext(rounded)
    external = etree.SubElement(space, f"{{{_C}}}externalData")
    external.set(f"{{{_R}}}id", sheet_id)
    etree.SubElement(external, f"{{{_C}}}autoUpdate", val="0")
    return bytes(etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True))


def _frameless(space: Any) -> None:
    """No box around the chart: the page has none around its tables either."""
    properties = etree.Element(f"{{{_C}}}spPr")
    etree.SubElement(properties, f"{{{_A}}}noFill")
    line = etree.SubElement(properties, f"{{{_A}}}ln")
    etree.SubElement(line, f"{{{_A}}}noFill")
    space.find(f"{{{_C}}}chart").addnext(properties)


def chart_data(chart: Chart) -> CategoryChartData:
    """The chart's numbers as the library takes them."""
    data = CategoryChartData(number_format=chart.number_format)
    data.categories = chart.categories
    for series in chart.series:
        values = [None if value is None else round(float(value), 4) for value in series.values]
        data.add_series(series.name, values)
    if chart.days:
        data.categories.number_format = chart.date_format
    return data


def dress(view: Any, chart: Chart, style: House, size: int = 9) -> None:
    """Colours, type and axes of the house style."""
    view.has_title = False
    view.font.size, view.font.name = Pt(size), style.typeface.value
    view.font.color.rgb = RGBColor.from_string(house.QUIET)
    view.has_legend = len(chart.series) > 1
    if view.has_legend:
        view.legend.position, view.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    for series, colour in zip(view.plots[0].series, house.series_colours(style), strict=False):
        _colour(series, chart.kind, RGBColor.from_string(colour))
    if chart.kind is ChartKind.COLUMN:
        view.plots[0].gap_width = 300 if len(chart.categories) < _LABELS else 60
    _axes(view, chart)


def _colour(series: Any, kind: ChartKind, colour: RGBColor) -> None:
    if kind is ChartKind.LINE:
        series.format.line.color.rgb, series.format.line.width = colour, Pt(2)
        series.smooth = False
    else:
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
        series.invert_if_negative = False


def _axes(view: Any, chart: Chart) -> None:
    quiet = RGBColor.from_string(house.LINE)
    amounts, days = view.value_axis, view.category_axis
    if _least(chart) >= 0:
        amounts.minimum_scale = 0
    else:
        days.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    amounts.major_gridlines.format.line.color.rgb = quiet
    amounts.major_gridlines.format.line.width = Pt(0.75)
    amounts.format.line.fill.background()
    amounts.major_tick_mark = XL_TICK_MARK.NONE
    amounts.tick_labels.number_format = chart.number_format
    amounts.tick_labels.number_format_is_linked = False
    days.format.line.color.rgb = quiet
    days.major_tick_mark = XL_TICK_MARK.NONE
    if chart.days:
        days.tick_labels.number_format = chart.date_format
        days.tick_labels.number_format_is_linked = False
        _space_out(days._element, chart)


def _least(chart: Chart) -> Decimal:
    """The lowest value; amounts below zero need the axis to go there."""
    values = [value for one in chart.series for value in one.values if value is not None]
    return min(values, default=Decimal(0))


def _space_out(axis: Any, chart: Chart) -> None:
    """Label every so many days or months, so that labels neither touch nor repeat."""
    span = (chart.days[-1] - chart.days[0]).days + 1
    in_months = "yyyy" in chart.date_format
    labels = span / 30 if in_months else span
    base = axis.find(f"{{{_C}}}baseTimeUnit")
    step = etree.Element(f"{{{_C}}}majorUnit", val=str(max(1, math.ceil(labels / _LABELS))))
    unit = etree.Element(f"{{{_C}}}majorTimeUnit", val="months" if in_months else "days")
    base.addnext(step)
    step.addnext(unit)


class _DatedWorkbook(CategoryWorkbookWriter):
    """The library's workbook, with its date of creation told instead of read from a clock."""

    def __init__(self, data: CategoryChartData, created: datetime) -> None:
        super().__init__(data)
        self._created = created

    @contextmanager
    def _open_worksheet(self, xlsx_file: Any) -> Iterator[tuple[Workbook, Any]]:
        workbook = Workbook(xlsx_file, {"in_memory": True})
        workbook.set_properties({"created": self._created.replace(tzinfo=None)})
        yield workbook, workbook.add_worksheet()
        workbook.close()


def workbook(data: CategoryChartData, created: datetime) -> bytes:
    """The workbook that opens when somebody edits the chart's data."""
    return bytes(_DatedWorkbook(data, created).xlsx_blob)
