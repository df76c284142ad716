"""How the values of each feature are distributed, and how far later values are from that."""

import math

import numpy as np
import pandas as pd

BINS = 10
# A bin that is empty on one side would make the index infinite.
SMALLEST_SHARE = 1e-4

Distribution = dict[str, dict[str, list[float]]]


def describe(features: pd.DataFrame) -> Distribution:
    """For each feature the inner edges of its bins, which are its deciles, and the share of the rows in each bin."""
    described: Distribution = {}
    for column in features.columns:
        values = features[column].to_numpy(dtype=float)
        edges = np.unique(np.quantile(values, np.linspace(0, 1, BINS + 1)[1:-1])).tolist()
        described[column] = {"edges": edges, "shares": shares(values, edges)}
    return described


def shares(values: np.ndarray, edges: list[float]) -> list[float]:
    """The share of the values in each bin; a value on an edge is in the bin below it."""
    counts = np.bincount(np.searchsorted(edges, values, side="left"), minlength=len(edges) + 1)
    return (counts / len(values)).tolist()


def stability_index(expected: list[float], actual: list[float]) -> float:
    """Population stability index of two lists of shares: 0 for the same, above 0.25 for a different population."""
    floored = [(max(e, SMALLEST_SHARE), max(a, SMALLEST_SHARE)) for e, a in zip(expected, actual, strict=True)]
    return sum((a - e) * math.log(a / e) for e, a in floored)


def drift(reference: Distribution, features: pd.DataFrame) -> dict[str, float]:
    """The population stability index of each feature of the reference."""
    return {
        column: stability_index(one["shares"], shares(features[column].to_numpy(dtype=float), one["edges"]))
        for column, one in reference.items()
    }
