from core.registry.fairness import widest_gaps


def group(attribute: str, name: str, found: float) -> dict[str, object]:
    return {"attribute": attribute, "group": name, "recall_at_15": found}


def test_the_widest_gap_comes_first_and_names_both_ends() -> None:
    groups = [
        group("gender", "F", 0.23),
        group("gender", "M", 0.33),
        group("age", "55<=", 0.1),
        group("age", "0-35", 0.3),
        group("age", "35-55", 0.25),
    ]
    first, second = widest_gaps(groups)
    assert (first.attribute, first.least_found, first.most_found) == ("age", "55<=", "0-35")
    assert (first.is_wide, second.attribute) == (True, "gender")


def test_a_difference_of_ten_in_a_hundred_passes() -> None:
    (gap,) = widest_gaps([group("gender", "F", 0.25), group("gender", "M", 0.35)])
    assert not gap.is_wide


def test_a_single_group_has_no_gap() -> None:
    assert widest_gaps([group("gender", "F", 0.2)]) == []
