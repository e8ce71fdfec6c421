"""OULAD-shaped folders: a small invented one, and the real one where it is at hand."""

import csv
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

REAL = Path(__file__).parents[3] / "shared" / "data" / "oulad"
PRESENTATIONS = ("2013B", "2013J", "2014B")
MODULES = ("AAA", "BBB")
WORK = ((10, 40), (28, 60), (80, 0))  # due day, weight

COURSES = ("code_module", "code_presentation", "module_presentation_length")
ASSESSMENTS = (
    "code_module",
    "code_presentation",
    "id_assessment",
    "assessment_type",
    "date",
    "weight",
)
INFO = (
    "code_module",
    "code_presentation",
    "id_student",
    "gender",
    "num_of_prev_attempts",
    "studied_credits",
    "final_result",
)
REGISTRATION = (
    "code_module",
    "code_presentation",
    "id_student",
    "date_registration",
    "date_unregistration",
)
HANDED_IN = ("id_assessment", "id_student", "date_submitted", "is_banked", "score")


def write(path: Path, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def small_folder(folder: Path, learners: int = 120, seed: int = 1) -> Path:
    """Three presentations of two modules; who hands in little and scores low ends badly."""
    random = Random(seed)
    folder.mkdir(exist_ok=True)
    courses, work, info, registered, handed_in = [], [], [], [], []
    student = 0
    for presentation in PRESENTATIONS:
        for module in MODULES:
            courses.append((module, presentation, 240))
            numbers = [len(work) + n for n in range(len(WORK))]
            for number, (due, weight) in zip(numbers, WORK, strict=True):
                work.append((module, presentation, number, "TMA", due, weight))
            for _ in range(learners):
                student += 1
                key = (module, presentation, student)
                diligence = random.random()
                well = random.random() < diligence
                result = "Pass" if well else random.choice(["Fail", "Withdrawn"])
                left = random.randint(35, 200) if result == "Withdrawn" else ""
                info.append((*key, random.choice("MF"), 0, 60, result))
                registered.append((*key, -random.randint(5, 90), left))
                for number, (due, _) in zip(numbers, WORK, strict=True):
                    if random.random() < 0.3 + 0.7 * diligence and (left == "" or due < left):
                        score = round(30 + 60 * diligence + random.random() * 10)
                        handed_in.append((number, student, due - random.randint(0, 6), 0, score))
    write(folder / "courses.csv", COURSES, courses)
    write(folder / "assessments.csv", ASSESSMENTS, work)
    write(folder / "studentInfo.csv", INFO, info)
    write(folder / "studentRegistration.csv", REGISTRATION, registered)
    write(folder / "studentAssessment.csv", HANDED_IN, handed_in)
    return folder


def append(path: Path, *lines: str) -> None:
    """Add lines as they are to a file."""
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
