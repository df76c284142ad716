import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
import validate
from outcome import StepError

SUITES = Path(__file__).resolve().parents[1] / "steps" / "suites"


def write_suite(folder, text):
    (folder / "mine.json").write_text(text)
    return folder


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{", "it is not JSON"),
        ('{"name": "mine", "expectations": []}', "it holds no expectations"),
        ('["mine"]', "it holds no expectations"),
        ("x" * (validate.MAX_SUITE_BYTES + 1), "MAX_SUITE_BYTES"),
    ],
)
def test_refuses_a_suite_that_says_nothing(tmp_path, text, complaint):
    with pytest.raises(StepError, match=complaint):
        validate.load_suite(write_suite(tmp_path, text), "mine")


@pytest.mark.parametrize("name", ["../default", "/etc/passwd", "Default", "default.json", "", "-default"])
def test_a_suite_name_cannot_leave_the_suite_folder(tmp_path, name):
    shutil.copy(SUITES / "default.json", tmp_path)
    (tmp_path / "inner").mkdir()
    with pytest.raises(StepError, match="there is none"):
        validate.load_suite(tmp_path / "inner", name)


@pytest.mark.parametrize(
    "expectation",
    [
        {"type": "expect_miracles", "kwargs": {}},
        {"type": "expect_column_values_to_not_be_null", "kwargs": {"colum": "a"}},
        {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "a"}, "severty": "x"},
        {"kwargs": {}},
    ],
)
def test_refuses_an_expectation_that_great_expectations_would_leave_out(expectation):
    good = {"type": "expect_column_to_exist", "kwargs": {"column": "a"}}
    suite = {"name": "mine", "expectations": [good, expectation]}
    with pytest.raises(StepError, match=r"Great Expectations refuses it: .+; correct it"):
        validate.validate(pd.DataFrame({"a": [1]}), suite)


def test_a_column_that_is_missing_fails_and_says_so():
    suite = {
        "name": "mine",
        "expectations": [{"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "b"}}],
    }
    result = validate.validate(pd.DataFrame({"a": [1]}), suite)
    assert result["success"] is False
    assert validate.describe_failures(result) == "expect_column_values_to_not_be_null on b (could not be evaluated)"


def test_shows_a_few_failures_and_counts_the_rest():
    failed = {"success": False, "expectation_config": {"type": "t", "kwargs": {}}, "result": {"observed_value": 3}}
    assert validate.describe_failures({"results": [failed] * 7}) == ", ".join(["t (observed 3)"] * 5) + " and 2 more"


def test_reads_csv_and_parquet_as_one_table_in_the_order_of_names(tmp_path):
    pd.DataFrame({"a": [3]}).to_parquet(tmp_path / "b.parquet")
    pd.DataFrame({"a": [1, 2]}).to_csv(tmp_path / "a.csv", index=False)
    assert validate.read_rows(tmp_path)["a"].tolist() == [1, 2, 3]


def test_a_file_that_is_no_table_is_named(tmp_path):
    (tmp_path / "a.csv").write_text("")
    with pytest.raises(StepError, match=r"read a\.csv, it is not a table"):
        validate.read_rows(tmp_path)


@pytest.mark.parametrize("file", sorted(SUITES.glob("*.json")), ids=lambda file: file.stem)
def test_a_shipped_suite_is_named_as_its_file(file):
    assert json.loads(file.read_text())["name"] == file.stem
