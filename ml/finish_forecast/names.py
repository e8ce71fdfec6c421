"""Under which names the model is kept: one a day of the course, each with its own champion."""


def name_of(day: int) -> str:
    """The name under which the forecast for a day of the course is registered."""
    return f"finish_forecast_day_{day}"
