"""Versions to put in a cache: each answers with its own number."""

from datetime import UTC, datetime
from pathlib import Path

from onnx import TensorProto, helper

from ml import cache_writer
from ml.cache_writer import Package

NAME = "tiny_day_30"


def constant(value: float) -> bytes:
    """A graph that answers ``value`` for every row."""
    nodes = [
        helper.make_node("ReduceSum", ["x"], ["sum"], axes=[1], keepdims=0),
        helper.make_node("Mul", ["sum", "zero"], ["nought"]),
        helper.make_node("Add", ["nought", "value"], ["p"]),
    ]
    numbers = [
        helper.make_tensor("zero", TensorProto.FLOAT, [1], [0.0]),
        helper.make_tensor("value", TensorProto.FLOAT, [1], [value]),
    ]
    graph = helper.make_graph(
        nodes,
        "constant",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 2])],
        [helper.make_tensor_value_info("p", TensorProto.FLOAT, [None])],
        numbers,
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 12)], ir_version=8)
    return bytes(made.SerializeToString())


def package(version: int) -> Package:
    return Package(
        name=NAME,
        version=version,
        algorithm="constant",
        trained_at=datetime(2026, 3, 1, tzinfo=UTC),
        onnx=constant(version / 100),
        served={"features": ["a", "b"], "version": version},
    )


def switch(folder: Path, version: int) -> None:
    """Let a version answer."""
    with cache_writer.writing(folder, NAME):
        digest = cache_writer.write(folder, package(version))
        cache_writer.point(folder, NAME, version, digest)
