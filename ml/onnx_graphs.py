"""Fitted trees and networks as ONNX graphs that can be joined into one.

Written here, because skl2onnx 1.20 writes booleans where protobuf 7 wants whole numbers.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ml.rows import Standard

_OPSET = 15
_ML_OPSET = 3
_INPUT = "features"


def serialised(
    name: str, graphs: Sequence[Any], ending: Sequence[Any], output: Any, features: int
) -> bytes:
    """One model of graphs made by :func:`fed`, which ``ending`` joins into ``output``."""
    from onnx import TensorProto, helper

    given = helper.make_tensor_value_info(_INPUT, TensorProto.FLOAT, [None, features])
    graph = helper.make_graph(
        [*(node for part in graphs for node in part.node), *ending],
        name,
        [given],
        [output],
        [one for part in graphs for one in part.initializer],
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid("ai.onnx.ml", _ML_OPSET)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8)
    return bytes(model.SerializeToString())


def fed(graph: Any, name: str) -> Any:
    """A part's graph, its inner names made its own, fed by the common input."""
    from onnx import compose

    given = graph.input[0].name
    prefixed = compose.add_prefix_graph(graph, f"{name}_")
    for node in prefixed.node:
        for place, source in enumerate(node.input):
            if source == f"{name}_{given}":
                node.input[place] = _INPUT
    return prefixed


def trees(booster: Any, features: int, link: str) -> Any:
    """The boosted trees' graph: the sum of their leaves through a link such as Sigmoid."""
    from onnx import TensorProto, helper

    nodes = [_ensemble(booster, "sum"), helper.make_node(link, ["sum"], ["answer"])]
    given = helper.make_tensor_value_info("raw", TensorProto.FLOAT, [None, features])
    answer = helper.make_tensor_value_info("answer", TensorProto.FLOAT, [None, 1])
    return helper.make_graph(nodes, "trees", [given], [answer])


def _ensemble(booster: Any, output: str) -> Any:
    """The trees as one node; left is where a value is at most the threshold."""
    from onnx import helper

    trees = [tree.nodes for (tree,) in booster._predictors]
    nodes = np.concatenate(trees)
    inside = np.concatenate([np.arange(len(tree)) for tree in trees])
    tree_ids = np.repeat(np.arange(len(trees)), [len(tree) for tree in trees])
    leaf = nodes["is_leaf"].astype(bool)
    branch = ~leaf
    columns = {
        "nodes_featureids": nodes["feature_idx"] * branch,
        "nodes_truenodeids": nodes["left"] * branch,
        "nodes_falsenodeids": nodes["right"] * branch,
        "nodes_missing_value_tracks_true": nodes["missing_go_to_left"] * branch,
        "nodes_nodeids": inside,
        "nodes_treeids": tree_ids,
        "target_ids": np.zeros(leaf.sum()),
        "target_nodeids": inside[leaf],
        "target_treeids": tree_ids[leaf],
    }
    return helper.make_node(
        "TreeEnsembleRegressor",
        ["raw"],
        [output],
        domain="ai.onnx.ml",
        n_targets=1,
        base_values=[float(booster._baseline_prediction[0, 0])],
        nodes_modes=["LEAF" if last else "BRANCH_LEQ" for last in leaf],
        nodes_values=_at_most(np.where(leaf, 0, nodes["num_threshold"])).tolist(),
        target_weights=nodes["value"][leaf].tolist(),
        **{name: values.astype(int).tolist() for name, values in columns.items()},
    )


def _at_most(thresholds: NDArray[np.float64]) -> NDArray[np.float32]:
    """The largest 32-bit numbers that are no larger, so that no row changes sides."""
    near = thresholds.astype(np.float32)
    return np.where(near > thresholds, np.nextafter(near, np.float32(-np.inf)), near)


def network(model: Any, scale: Standard | None, features: int) -> Any:
    """The network's graph behind the nodes that put its input on one scale."""
    import tensorflow as tf
    import tf2onnx
    from onnx import helper, numpy_helper

    assert scale is not None  # noqa: S101 - every network was fitted on a scale
    spec = (tf.TensorSpec((None, features), tf.float32, name="scaled"),)
    called = tf.function(lambda x: model(x, training=False), input_signature=spec)
    converted, _ = tf2onnx.convert.from_function(called, input_signature=spec, opset=_OPSET)
    graph = converted.graph
    scaled = graph.input[0].name
    constants = {
        "median": scale.median,
        "mean": scale.mean,
        "scale": scale.scale,
        "least": np.float32(-scale.clip),
        "most": np.float32(scale.clip),
    }
    for key, value in constants.items():
        graph.initializer.append(numpy_helper.from_array(np.asarray(value, np.float32), key))
    before = [
        helper.make_node("IsNaN", ["raw"], ["unknown"]),
        helper.make_node("Where", ["unknown", "median", "raw"], ["filled"]),
        helper.make_node("Sub", ["filled", "mean"], ["centred"]),
        helper.make_node("Div", ["centred", "scale"], ["divided"]),
        helper.make_node("Clip", ["divided", "least", "most"], [scaled]),
    ]
    nodes = [*before, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    graph.input[0].name = "raw"
    return graph
