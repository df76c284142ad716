"""The whole template, run as processes against a real MLflow server."""

import json

import make_sample_data
import mlflow.sklearn
import pytest
import storage
import train
from mlflow import MlflowClient
from template_run import FIELDS_OF_THE_POD, TemplateRun


def run(folder, source, server, model_name, **parameters):
    given = {"data-path": f"{source}/", "model-name": model_name, "mlflow-tracking-uri": server}
    return TemplateRun("model-training", folder, given | parameters).run()


@pytest.fixture(scope="module")
def trained(mlflow_server, tmp_path_factory):
    """One run of the template on the sample data, and its model version as MLflow tells it."""
    folder = tmp_path_factory.mktemp("trained")
    make_sample_data.write(folder / "raw" / "customers.csv", make_sample_data.customers(rows=400, seed=7))
    done = run(folder / "run", folder / "raw", mlflow_server, "churn")
    assert done.succeeded, done.logs
    client = MlflowClient(mlflow_server)
    return done, client, client.get_model_version("churn", done.output("model-version"))


def test_a_model_version_is_registered_from_the_run(trained):
    done, _, version = trained
    assert done.output("model-name") == "churn"
    assert done.output("model-uri") == f"models:/churn/{version.version}"
    assert version.status == "READY"
    assert version.run_id == done.output("mlflow-run-id")


def test_every_promised_output_is_a_global_one_too(trained):
    done, _, _ = trained
    names = {"model-name", "model-version", "model-uri", "mlflow-run-id", "accuracy", "data-digest", "model-digest"}
    assert {name: done.output(name) for name in names} == done.global_outputs


def test_the_version_and_its_run_say_where_they_come_from(trained):
    done, client, version = trained
    uid = done.values["workflow.uid"]
    assert version.tags == {
        "argo.workflow.uid": uid,
        "argo.workflow.name": "run-1",
        "accuracy": done.output("accuracy"),
        "data-digest": done.output("data-digest"),
        "model-digest": done.output("model-digest"),
    }
    tags = client.get_run(version.run_id).data.tags
    assert (tags["argo.workflow.uid"], tags["argo.workflow.name"]) == (uid, "run-1")
    assert tags["argo.workflow.status"] == "Succeeded"


def test_parameters_and_metrics_are_logged(trained):
    done, client, version = trained
    logged = client.get_run(version.run_id).data
    assert logged.params["training-rows"] == "320"
    assert logged.params["data-digest"] == done.output("data-digest")
    assert logged.params["features"] == "tenure_months,monthly_charge,support_calls,late_payments,contract_months"
    metrics = json.loads(done.artifacts["tasks.evaluate.outputs.artifacts.metrics"].read_text())
    assert logged.metrics == pytest.approx(metrics)
    assert float(done.output("accuracy")) == pytest.approx(metrics["accuracy"], abs=1e-4)
    assert metrics["accuracy"] > 0.85


def test_the_model_artifact_holds_the_bytes_that_mlflow_serves(trained, tmp_path, monkeypatch, mlflow_server):
    done, _, _ = trained
    monkeypatch.setenv("MLFLOW_TRACKING_URI", mlflow_server)
    mlflow.artifacts.download_artifacts(artifact_uri=done.output("model-uri"), dst_path=str(tmp_path))
    (tmp_path / "registered_model_meta").unlink()
    assert train.model_digest(tmp_path) == done.output("model-digest")
    model = done.artifacts["tasks.train.outputs.artifacts.model"]
    assert train.model_digest(model) == done.output("model-digest")
    assert (model / "model.pkl").is_file()


def test_the_model_takes_the_plain_arrays_of_a_serving_runtime(trained):
    model = mlflow.sklearn.load_model(str(trained[0].artifacts["tasks.train.outputs.artifacts.model"]))
    happy, unhappy = [[60, 30.0, 0, 0, 24], [2, 110.0, 8, 5, 1]]
    assert model.predict([happy, unhappy]).tolist() == [0, 1]


def test_the_digest_is_that_of_the_training_data(trained):
    done, _, _ = trained
    raw = done.folder.parent / "raw"
    assert done.output("data-digest") == storage.digest(raw, ["customers.csv"])


def test_the_hint_commit_of_the_pod_reaches_run_and_version(mlflow_server, sample_data, tmp_path, monkeypatch):
    monkeypatch.setitem(FIELDS_OF_THE_POD, "metadata.annotations['plumbline.dev/template-commit']", "abc123")
    done = run(tmp_path / "run", sample_data, mlflow_server, "hinted")
    assert done.succeeded, done.logs
    client = MlflowClient(mlflow_server)
    version = client.get_model_version("hinted", done.output("model-version"))
    assert version.tags["plumbline.dev/hint-commit"] == "abc123"
    assert client.get_run(version.run_id).data.tags["plumbline.dev/hint-commit"] == "abc123"


def test_absent_data_is_one_clear_line_and_makes_no_model(mlflow_server, tmp_path):
    done = run(tmp_path / "run", tmp_path / "curated", mlflow_server, "nothing")
    assert done.exit_codes == {"prepare": 1, "onExit": 0}
    assert done.logs["prepare"] == (
        f"error: read the data at {tmp_path}/curated/, there is no such file or folder; check the parameter\n"
    )
    assert MlflowClient(mlflow_server).search_registered_models("name = 'nothing'") == []


def test_a_server_that_is_away_is_named(sample_data, tmp_path, monkeypatch):
    monkeypatch.setattr("template_run.OVERRIDES", {"MLFLOW_HTTP_REQUEST_MAX_RETRIES": "0"})
    done = run(tmp_path / "run", sample_data, "http://127.0.0.1:9", "away")
    assert done.exit_codes == {"prepare": 0, "train": 1, "onExit": 0}
    last = done.logs["train"].strip().splitlines()[-1]
    assert last.startswith("error: logged the model to experiment default-experiment at MLflow http://127.0.0.1:9, ")
    assert last.endswith("check that the server runs and that mlflow-tracking-uri names it")
    assert "warning: tagged the runs of run-1, failed because" in done.logs["onExit"]
