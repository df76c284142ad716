"""The whole template, run as processes against a real MLflow server: every way through its decisions."""

import json

import make_sample_data
import pytest
from mlflow import MlflowClient
from template_run import TemplateRun

TRAINED = {"train": "Succeeded", "compare": "Succeeded", "deploy": "Skipped"}
UNTOUCHED = {"train": "Skipped", "compare": "Omitted", "deploy": "Omitted"}


def write(folder, rows):
    make_sample_data.write(folder / "customers.csv", rows)
    return folder


def alike(folder):
    """Other customers of the same kind."""
    return write(folder, make_sample_data.customers(rows=400, seed=8))


def drifted(folder):
    """The same kind of behaviour after a rise in prices: the charge is far from what the model was trained on."""
    rows = make_sample_data.customers(rows=400, seed=8)
    for row in rows:
        row[2] = f"{float(row[2]) + 60:.2f}"
    return write(folder, rows)


def contrary(folder):
    """Customers who leave where those before stayed, so that the model is mostly wrong."""
    rows = make_sample_data.customers(rows=400, seed=8)
    for row in rows:
        row[-1] = str(1 - int(row[-1]))
    return write(folder, rows)


@pytest.fixture
def retrain(churn_model, tmp_path, monkeypatch, json_server):
    """Registers the trained model under a name of the test's own, then runs the retraining of it on fresh data."""
    monkeypatch.setattr("template_run.ARGUMENTS", {"/steps/probe.py": ["--rollout", "none"]})
    applied = []
    url = json_server(lambda method, *_: (200, {"outputs": [{"data": [1]}]} if method == "POST" else None))

    def apply(manifest):
        applied.append(manifest)
        return {"serving-url": url}

    def run(name, fresh, **parameters):
        server, run_id = churn_model.parameters["mlflow-tracking-uri"], churn_model.output("mlflow-run-id")
        model_id = churn_model.values["tasks.train.outputs.parameters.mlflow-model-id"]
        client = MlflowClient(server)
        client.create_registered_model(name)
        client.create_model_version(name, source=f"models:/{model_id}", run_id=run_id, model_id=model_id)
        given = {"model-name": name, "mlflow-tracking-uri": server, "data-path": f"{fresh(tmp_path / 'fresh')}/"}
        given |= {one.replace("_", "-"): value for one, value in parameters.items()}
        done = TemplateRun("model-retraining", tmp_path / "run", given, resource=apply).run()
        return done, applied

    return run


def phases(done):
    return {name: phase for name, phase in done.phases.items() if "." not in name}


def test_a_model_that_is_good_enough_is_left_alone(retrain):
    done, applied = retrain("fine", alike, auto_deploy="true", drift_threshold="0.25")
    assert done.succeeded, done.logs
    assert phases(done) == {"measure": "Succeeded"} | UNTOUCHED
    assert done.output("retrained") == "false"
    assert (done.output("new-version"), done.output("deployed")) == ("none", "false")
    assert float(done.output("current-accuracy")) > 0.85
    assert "it is good enough" in done.logs["measure"]
    assert applied == []


def test_drift_is_noticed_by_feature_and_trains_again_but_nothing_is_deployed_unasked(retrain):
    done, applied = retrain("drifting", drifted, performance_threshold="0", drift_threshold="0.25")
    assert done.succeeded, done.logs
    assert phases(done) == {"measure": "Succeeded"} | TRAINED
    report = json.loads(done.artifacts["tasks.measure.outputs.artifacts.measurement"].read_text())
    assert [name for name, index in report["drift"].items() if index > 0.25] == ["monthly_charge"]
    assert float(done.output("largest-drift")) == pytest.approx(report["drift"]["monthly_charge"], abs=1e-4)
    assert (done.output("current-version"), done.output("new-version")) == ("1", "2")
    assert "keep the current model, because " in done.logs["compare"]
    assert applied == []


def test_lost_accuracy_trains_again_and_a_better_model_is_deployed_when_asked(retrain):
    done, [service] = retrain("failing", contrary, auto_deploy="true", drift_threshold="1")
    assert done.succeeded, done.logs
    assert phases(done) == {"measure": "Succeeded", **TRAINED, "deploy": "Succeeded"}
    assert float(done.output("current-accuracy")) < 0.5
    assert float(done.global_outputs["accuracy"]) > 0.85
    assert service["metadata"]["labels"]["model-version"] == done.output("new-version") == "2"
    assert done.output("deployed") == "true"
    client = MlflowClient(done.parameters["mlflow-tracking-uri"])
    assert client.get_model_version_by_alias("failing", "champion").version == "2"


def test_a_better_model_is_not_deployed_unless_asked(retrain):
    done, applied = retrain("waiting", contrary, drift_threshold="1")
    assert done.succeeded, done.logs
    assert phases(done) == {"measure": "Succeeded"} | TRAINED
    assert done.logs["compare"].endswith("keep the current model, because auto-deploy is false\n")
    assert applied == []


def test_a_model_that_nobody_trained_is_one_clear_line(mlflow_server, sample_data, tmp_path):
    given = {"model-name": "absent", "mlflow-tracking-uri": mlflow_server, "data-path": f"{sample_data}/"}
    done = TemplateRun("model-retraining", tmp_path / "run", given).run()
    assert done.exit_codes == {"measure": 1, "onExit": 0}
    assert done.logs["measure"].strip().splitlines()[-1] == (
        f"error: looked for a version of absent at MLflow {mlflow_server}, there is none; "
        "train it by model-training-template first"
    )


def test_a_threshold_that_is_no_fraction_is_one_clear_line(sample_data, tmp_path):
    given = {"data-path": f"{sample_data}/", "performance-threshold": "85%"}
    done = TemplateRun("model-retraining", tmp_path / "run", given).run()
    assert done.logs["measure"].strip().splitlines() == [
        "error: read performance-threshold '85%', it is not a number from 0 to 1; correct it"
    ]
