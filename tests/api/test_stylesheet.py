import pytest
from starlette.testclient import TestClient

from api import stylesheet


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("kind", ["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        ("text", "background", 4.5),
        ("text", "sidebar", 4.5),
        ("text", "secondary", 4.5),
        ("muted", "background", 4.5),
        ("muted", "secondary", 4.5),
        ("muted", "sidebar", 4.5),
        ("link", "background", 4.5),
        ("link", "sidebar", 4.5),
        ("fault", "background", 4.5),
        ("on-primary", "primary", 4.5),
        ("control", "background", 3.0),
        ("focus", "background", 3.0),
    ],
)
def test_colours_stand_out_as_wcag_asks(kind: str, front: str, back: str, least: float) -> None:
    colours = stylesheet.colours(kind)

    assert contrast(colours[front], colours[back]) >= least


def test_the_style_sheet_is_kept_under_the_name_of_its_content(client: TestClient) -> None:
    found = client.get(stylesheet.address())

    assert (found.status_code, found.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert "immutable" in found.headers["cache-control"]
    assert stylesheet.address() in client.get("/signin").text
    assert client.get("/assets/forms.css").status_code == 404
