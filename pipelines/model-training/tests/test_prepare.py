import subprocess
import sys
from pathlib import Path

import pandas as pd
import prepare
import pytest
import training_data
from outcome import StepError

STEPS = Path(prepare.__file__).parent


def table(rows=60, **columns):
    return pd.DataFrame({"id": [f"C{n}" for n in range(rows)], "x": range(rows), "y": [0, 1] * (rows // 2)} | columns)


def test_keeps_features_and_target():
    assert list(training_data.training_table(table(), "here", "y", ["id", "absent"]).columns) == ["x", "y"]


@pytest.mark.parametrize(
    ("rows", "target", "ignored", "complaint"),
    [
        (table(), "z", ["id"], "no column z; set target-column to one of id, x, y"),
        (table(), "y", [], "the columns id are not numbers"),
        (table(), "y", ["id", "x"], "no feature column is left"),
        (table(x=[None, *range(59)]), "y", ["id"], "values are missing in x"),
        (table(rows=40), "y", ["id"], "40 rows with 2 classes"),
        (table(y=[1] * 60), "y", ["id"], "60 rows with 1 classes"),
        (table(y=[0] + [1] * 59), "y", ["id"], "are too few"),
    ],
)
def test_refuses_what_would_train_a_wrong_model(rows, target, ignored, complaint):
    with pytest.raises(StepError, match=complaint):
        training_data.training_table(rows, "here", target, ignored)


def split(source, folder, seed):
    command = [sys.executable, str(STEPS / "prepare.py"), "--source", str(source), "--target", "churned"]
    command += ["--ignore", "customer_id", "--seed", seed, "--split", str(folder), "--digest-file", f"{folder}.digest"]
    subprocess.run(command, check=True, capture_output=True)
    return (folder / "train.csv").read_bytes(), (folder / "test.csv").read_bytes()


def test_the_same_seed_splits_alike_and_another_differently(sample_data, tmp_path):
    first, again, other = (split(sample_data, tmp_path / name, seed) for name, seed in zip("abc", "112", strict=True))
    assert first == again
    assert first != other


def test_no_row_is_lost_or_in_both_parts(sample_data, tmp_path):
    train, test = split(sample_data, tmp_path / "split", "1")
    parts = train.splitlines()[1:] + test.splitlines()[1:]
    assert len(parts) == 400
    assert len(test.splitlines()) - 1 == 80
