"""The whole template, run as processes over real data: what reaches the output path, and what never does."""

import json

import make_sample_data
import pytest
from template_run import TemplateRun


@pytest.fixture
def write_data(tmp_path):
    def write(defect):
        rows = make_sample_data.customers(rows=200, seed=7)
        if defect:
            make_sample_data.break_rows(rows)
        make_sample_data.write(tmp_path / "raw" / "customers.csv", rows)
        return tmp_path / "raw"

    return write


def run(source, output, folder, suite="default"):
    parameters = {"data-source": f"{source}/", "validation-suite": suite, "output-path": f"{output}/"}
    return TemplateRun("data-validation", folder / "run", parameters).run()


def test_good_data_is_published_with_its_digest(write_data, tmp_path):
    source, output = write_data(defect=False), tmp_path / "curated"
    done = run(source, output, tmp_path)
    assert done.succeeded, done.logs
    assert (output / "customers.csv").read_bytes() == (source / "customers.csv").read_bytes()
    assert [path.name for path in output.iterdir()] == ["customers.csv"]
    assert done.output("validation-passed") == "true"
    assert done.output("evaluated-expectations") == done.output("successful-expectations") == "15"
    assert done.output("data-digest").startswith("sha256:")
    result = json.loads(done.artifacts["tasks.validate.outputs.artifacts.validation-result"].read_text())
    assert result["success"] is True
    assert result["suite_name"] == "default"
    assert json.loads(done.logs["onExit"])["published"] == f"{output}/"


def test_defective_data_fails_the_run_and_leaves_the_output_path_alone(write_data, tmp_path):
    output = tmp_path / "curated"
    output.mkdir()
    (output / "customers.csv").write_text("yesterday's\n")
    done = run(write_data(defect=True), output, tmp_path)
    assert not done.succeeded
    assert done.exit_codes == {"fetch": 0, "validate": 1, "onExit": 0}
    assert [path.name for path in output.iterdir()] == ["customers.csv"]
    assert (output / "customers.csv").read_text() == "yesterday's\n"
    assert done.global_outputs["validation-passed"] == "false"
    assert done.global_outputs["evaluated-expectations"] == "15"
    assert done.global_outputs["successful-expectations"] == "11"
    assert json.loads(done.logs["onExit"])["status"] == "Failed"
    error = [line for line in done.logs["validate"].splitlines() if line.strip()]
    assert len(error) == 1, done.logs["validate"]
    assert error[0].startswith("error: validated 200 rows with suite default, 4 of 15 expectations failed: ")
    assert "expect_column_values_to_be_between on monthly_charge (1 unexpected)" in error[0]


def test_an_absent_source_is_one_clear_line(tmp_path):
    done = run(tmp_path / "nowhere", tmp_path / "curated", tmp_path)
    assert done.exit_codes["fetch"] == 1
    assert "validate" not in done.exit_codes
    assert done.logs["fetch"] == (
        f"error: read the data at {tmp_path}/nowhere/, there is no such file or folder; check the parameter\n"
    )


def test_an_unknown_suite_names_the_known_ones(write_data, tmp_path):
    done = run(write_data(defect=False), tmp_path / "curated", tmp_path, suite="../default")
    assert done.exit_codes["validate"] == 1
    assert "there is none; choose one of: default, schema" in done.logs["validate"]
    assert not (tmp_path / "curated").exists()
