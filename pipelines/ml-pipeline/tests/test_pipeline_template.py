"""The whole pipeline, run as processes against a real MLflow server: through its gate, and stopped at it."""

import json

import gate
import make_sample_data
import pytest
from outcome import StepError
from template_run import TemplateRun


@pytest.fixture
def pipeline(mlflow_server, tmp_path, monkeypatch, json_server):
    monkeypatch.setattr("template_run.ARGUMENTS", {"/steps/probe.py": ["--rollout", "none"]})
    applied = []
    url = json_server(lambda method, *_: (200, {"outputs": [{"data": [1]}]} if method == "POST" else None))

    def apply(manifest):
        applied.append(manifest)
        return {"serving-url": url}

    def run(name, defect=False, **parameters):
        rows = make_sample_data.customers(rows=400, seed=7)
        if defect:
            make_sample_data.break_rows(rows)
        make_sample_data.write(tmp_path / "raw" / "customers.csv", rows)
        given = {
            "data-source": f"{tmp_path}/raw/",
            "output-path": f"{tmp_path}/curated/",
            "model-name": name,
            "mlflow-tracking-uri": mlflow_server,
            "ecr-repository": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/sklearnserver",
        }
        given |= {one.replace("_", "-"): value for one, value in parameters.items()}
        return TemplateRun("ml-pipeline", tmp_path / "run", given, resource=apply).run(), applied

    return run


def phases(done):
    return {name: phase for name, phase in done.phases.items() if "." not in name}


def test_raw_data_becomes_a_served_model(pipeline):
    done, [service] = pipeline("through")
    assert done.succeeded, done.logs
    assert set(phases(done).values()) == {"Succeeded"}
    assert service["metadata"]["name"] == "through"
    assert service["metadata"]["labels"]["model-version"] == done.output("model-version") == "1"
    assert (done.output("deployed"), done.output("serving-url")) == ("true", done.global_outputs["serving-url"])
    assert json.loads(done.logs["onExit"])["failed"] == []


def test_a_model_below_the_threshold_is_registered_and_not_deployed(pipeline):
    done, applied = pipeline("refused", performance_threshold="1")
    assert done.succeeded, done.logs
    assert phases(done) == {"validate": "Succeeded", "train": "Succeeded", "gate": "Succeeded", "deploy": "Skipped"}
    assert done.logs["gate"].endswith("below 1: it is not deployed\n")
    assert (done.output("deployed"), done.output("serving-url")) == ("false", "none")
    assert applied == []


def test_bad_data_ends_the_run_before_a_model_is_made(pipeline):
    done, applied = pipeline("never", defect=True)
    assert phases(done) == {"validate": "Failed", "train": "Omitted", "gate": "Omitted", "deploy": "Omitted"}
    report = json.loads(done.logs["onExit"])
    assert report["status"] == "Failed"
    assert "validate" in report["failed"]
    assert applied == []


@pytest.mark.parametrize("text", ["", "nan", "85", "-1", "high"])
def test_a_gate_needs_numbers_from_0_to_1(text):
    with pytest.raises(StepError, match="not a number from 0 to 1"):
        gate.fraction("performance-threshold", text)
