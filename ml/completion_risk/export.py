"""A fitted candidate as one ONNX graph: rows (n, features) in, probabilities (n,) out."""

from typing import Any

import numpy as np

from ml import onnx_graphs
from ml.completion_risk.candidates import HIST_GRADIENT_BOOSTING, Fitted
from ml.completion_risk.features import FEATURES
from ml.rows import Standard

_OUTPUT = "probability"


def to_onnx(fitted: Fitted) -> bytes:
    """The graph, serialised; a blend is the mean of its parts, and the network's scale is in it."""
    from onnx import TensorProto, helper, numpy_helper

    graphs = [_part(name, model, fitted.standard) for name, model in fitted.parts.items()]
    outputs = [graph.output[0].name for graph in graphs]
    flat = [f"{name}_flat" for name in outputs]
    shape = helper.make_node(
        "Constant", [], ["flat"], value=numpy_helper.from_array(np.array([-1], np.int64))
    )
    ending = [
        shape,
        *(
            helper.make_node("Reshape", [name, "flat"], [end])
            for name, end in zip(outputs, flat, strict=True)
        ),
        helper.make_node("Mean", flat, [_OUTPUT]),
    ]
    probability = helper.make_tensor_value_info(_OUTPUT, TensorProto.FLOAT, [None])
    return onnx_graphs.serialised(fitted.name, graphs, ending, probability, len(FEATURES))


def _part(name: str, model: Any, scale: Standard | None) -> Any:
    if name == HIST_GRADIENT_BOOSTING:
        graph = onnx_graphs.trees(model, len(FEATURES), "Sigmoid")
    else:
        graph = onnx_graphs.network(model, scale, len(FEATURES))
    return onnx_graphs.fed(graph, name)
