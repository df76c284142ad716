import decision
import distribution
import numpy as np
import pandas as pd
import pytest
from outcome import StepError


@pytest.mark.parametrize(
    ("accuracy", "drift", "reasons"),
    [
        (0.9, {"a": 0.1}, []),
        (0.85, {"a": 0.0}, []),
        (0.8499, {"a": 0.0}, ["accuracy 0.8499 is below 0.85"]),
        (0.9, {"a": 0.1001, "b": 0.0}, ["the drift of a 0.100 is above 0.1"]),
        (0.5, {"a": 0.2, "b": 0.3}, ["accuracy 0.5000 is below 0.85", "the drift of a 0.200, b 0.300 is above 0.1"]),
    ],
)
def test_trains_again_below_the_accuracy_or_above_the_drift(accuracy, drift, reasons):
    assert decision.reasons_to_retrain(accuracy, 0.85, drift, 0.1) == reasons


@pytest.mark.parametrize(
    ("current", "new", "same_data", "auto_deploy", "reason"),
    [
        (0.8, 0.81, True, True, None),
        (0.8, 0.8, True, True, "is not better than 0.8000"),
        (0.8, 0.7, True, True, "is not better than 0.8000"),
        (0.8, 0.9, True, False, "auto-deploy is false"),
        (0.8, 0.9, False, True, "cannot be compared"),
    ],
)
def test_deploys_only_what_is_better_on_the_same_data_and_asked_for(current, new, same_data, auto_deploy, reason):
    found = decision.reason_not_to_deploy(current, new, same_data, auto_deploy)
    assert found is None if reason is None else reason in found


@pytest.mark.parametrize("text", ["", "nan", "1.1", "-0.1", "high"])
def test_a_fraction_is_a_number_from_0_to_1(text):
    with pytest.raises(StepError, match="not a number from 0 to 1"):
        decision.fraction("performance-threshold", text)


def test_a_switch_is_true_or_false():
    assert decision.switch("auto-deploy", "true") is True
    with pytest.raises(StepError, match="not true or false"):
        decision.switch("auto-deploy", "yes")


def test_the_stability_index_is_the_textbook_s():
    assert distribution.stability_index([0.5, 0.5], [0.5, 0.5]) == 0
    # (0.25 - 0.5) ln(0.25 / 0.5) + (0.75 - 0.5) ln(0.75 / 0.5), computed by hand.
    assert distribution.stability_index([0.5, 0.5], [0.25, 0.75]) == pytest.approx(0.274653, abs=1e-6)


def test_the_same_rows_have_no_drift_and_shifted_rows_do():
    rows = pd.DataFrame({"x": np.arange(1000.0), "kind": [1, 12, 24, 24] * 250})
    reference = distribution.describe(rows)
    assert distribution.drift(reference, rows) == {"x": 0, "kind": 0}
    later = distribution.drift(reference, rows.assign(x=rows["x"] + 300))
    assert later["x"] > 0.25
    assert later["kind"] == 0


def test_values_never_seen_before_are_drift_and_not_an_error():
    reference = distribution.describe(pd.DataFrame({"kind": [1, 1, 2, 2]}))
    assert sum(reference["kind"]["shares"]) == 1
    assert distribution.drift(reference, pd.DataFrame({"kind": [9, 9, 9]}))["kind"] > 1
