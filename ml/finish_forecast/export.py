"""A fitted forecast as one ONNX graph: rows (n, features) in, days (n, 3) out."""

from typing import Any

import numpy as np

from ml import onnx_graphs
from ml.finish_forecast.candidates import KERAS, QUANTILES, Fitted
from ml.finish_forecast.rows import FEATURES

_OUTPUT = "days_after_anchor"


def to_onnx(fitted: Fitted, margin: float) -> bytes:
    """The graph, serialised: quantiles in order, the outer ones widened by ``margin`` days."""
    from onnx import TensorProto, helper, numpy_helper

    graphs = [_part(name, model, fitted) for name, model in fitted.parts.items()]
    outputs = [graph.output[0].name for graph in graphs]
    axis = numpy_helper.from_array(np.array([1], np.int64))
    wider = numpy_helper.from_array(np.array([margin], np.float32))
    ending = [
        helper.make_node("Constant", [], ["axis"], value=axis),
        helper.make_node("Constant", [], ["wider"], value=wider),
        helper.make_node("Concat", outputs, ["quantiles"], axis=1),
        helper.make_node("ReduceMin", ["quantiles"], ["least"], axes=[1]),
        helper.make_node("ReduceMax", ["quantiles"], ["most"], axes=[1]),
        helper.make_node("ReduceSum", ["quantiles", "axis"], ["sum"]),
        helper.make_node("Sub", ["sum", "least"], ["upper_two"]),
        helper.make_node("Sub", ["upper_two", "most"], ["middle"]),
        helper.make_node("Sub", ["least", "wider"], ["earliest"]),
        helper.make_node("Add", ["most", "wider"], ["latest"]),
        helper.make_node("Concat", ["earliest", "middle", "latest"], [_OUTPUT], axis=1),
    ]
    days = helper.make_tensor_value_info(_OUTPUT, TensorProto.FLOAT, [None, len(QUANTILES)])
    return onnx_graphs.serialised(fitted.name, graphs, ending, days, len(FEATURES))


def _part(name: str, model: Any, fitted: Fitted) -> Any:
    if name == KERAS:
        graph = onnx_graphs.network(model, fitted.standard, len(FEATURES))
    else:
        graph = onnx_graphs.trees(model, len(FEATURES), "Identity")
    return onnx_graphs.fed(graph, name)
