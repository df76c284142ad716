"""The whole template, run as processes against a real MLflow server; what serves the real pickle is a stand-in."""

import json
import pickle
import urllib.request

import numpy
import pytest
from mlflow import MlflowClient
from template_run import TemplateRun

NAME = "customer-churn"


class StandIn:
    """Serves what an InferenceService names, as KServe's scikit-learn server would; ready at the second call."""

    def __init__(self, json_server):
        self.applied = []
        self.calls = []
        self.model = None
        self.url = json_server(self.answer)

    def apply(self, manifest):
        self.applied.append(manifest)
        uri = manifest["spec"]["predictor"]["model"]["storageUri"]
        with urllib.request.urlopen(uri, timeout=10) as answer:
            self.model = pickle.loads(answer.read())
        return {"serving-url": self.url}

    def answer(self, method, path, body):
        self.calls.append(path)
        if path == f"/v2/models/{NAME}/ready":
            return (503 if len(self.calls) == 1 else 200), {"name": NAME, "ready": True}
        if path == f"/v2/models/{NAME}":
            uri = self.applied[-1]["spec"]["predictor"]["model"]["storageUri"]
            older = self.calls.count(path) == 1
            return 200, {"name": NAME, "parameters": {"uri": "http://older" if older else uri}}
        assert (method, path) == ("POST", f"/v2/models/{NAME}/infer")
        row = body["inputs"][0]
        data = self.model.predict(numpy.reshape(row["data"], row["shape"])).tolist()
        return 200, {"outputs": [{"name": "output-0", "shape": [1], "datatype": "INT64", "data": data}]}


@pytest.fixture
def deploy(churn_model, json_server, tmp_path, monkeypatch):
    monkeypatch.setattr("template_run.ARGUMENTS", {"/steps/probe.py": ["--rollout", "metadata"]})
    stand_in = StandIn(json_server)

    def run(**parameters):
        given = {
            "model-name": NAME,
            "model-version": "1",
            "ecr-repository": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/sklearnserver",
            "mlflow-tracking-uri": churn_model.parameters["mlflow-tracking-uri"],
        }
        given |= {name.replace("_", "-"): value for name, value in parameters.items()}
        return TemplateRun("model-deployment", tmp_path / "run", given, resource=stand_in.apply).run(), stand_in

    return run


def test_a_version_is_served_answers_and_becomes_the_champion(deploy):
    done, stand_in = deploy()
    assert done.succeeded, done.logs
    assert done.phases == {
        "resolve": "Succeeded",
        "verify": "Skipped",
        "apply": "Succeeded",
        "probe": "Succeeded",
        "promote": "Succeeded",
    }
    [service] = stand_in.applied
    assert service["metadata"]["namespace"] == "models"
    assert service["metadata"]["annotations"] == {"serving.kserve.io/deploymentMode": "Standard"}
    model = service["spec"]["predictor"]["model"]
    assert model["storageUri"] == done.output("storage-uri") == done.global_outputs["storage-uri"]
    assert model["image"] == "123456789012.dkr.ecr.eu-west-1.amazonaws.com/sklearnserver:v0.16.0"
    assert done.output("prediction") in ("0", "1")
    model = f"/v2/models/{NAME}"
    assert stand_in.calls == [f"{model}/ready"] * 2 + [model] * 2 + [f"{model}/infer"]
    client = MlflowClient(done.parameters["mlflow-tracking-uri"])
    assert client.get_model_version_by_alias(NAME, "champion").version == "1"
    assert json.loads(done.logs["onExit"])["served"] == f"models/{NAME}"


def test_a_missing_version_is_one_clear_line_and_deploys_nothing(deploy):
    done, stand_in = deploy(model_version="7")
    assert done.exit_codes == {"resolve": 1, "onExit": 0}
    assert done.logs["resolve"] == (
        f"error: looked for version 7 of {NAME} at MLflow {done.parameters['mlflow-tracking-uri']}, there is none; "
        "choose one of: 1\n"
    )
    assert stand_in.applied == []
    assert set(done.phases.values()) == {"Failed", "Omitted"}


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("model_name", 'churn"\n  evil: "1'),
        ("model_version", "latest"),
        ("deployment_namespace", "Models"),
        ("ecr_repository", "not a registry"),
    ],
)
def test_a_value_that_would_damage_the_manifest_is_refused(deploy, parameter, value):
    done, stand_in = deploy(**{parameter: value})
    assert done.exit_codes["resolve"] == 1
    assert parameter.replace("_", "-") in done.logs["resolve"]
    assert stand_in.applied == []


@pytest.mark.parametrize(("verdict", "code"), [("MATCH", 0), ("DRIFT", 1)])
def test_only_an_allowed_verdict_is_deployed(deploy, json_server, verdict, code):
    asked = []

    def answer(_, path, __):
        asked.append(path)
        return 200, {"verdict": verdict}

    done, stand_in = deploy(plumbline_url=json_server(answer))
    assert asked == [f"/api/v1/provenance/{NAME}:1"]
    assert done.exit_codes["verify"] == code
    assert done.succeeded == (code == 0)
    assert len(stand_in.applied) == 1 - code
    if code:
        assert done.logs["verify"].startswith(f"error: asked Plumbline at {done.parameters['plumbline-url']} about")
        assert "its verdict is DRIFT and not MATCH" in done.logs["verify"]


def test_a_model_that_nobody_recorded_is_not_deployed(deploy, json_server):
    done, stand_in = deploy(plumbline_url=json_server(lambda *_: (404, {"message": "nothing is recorded"})))
    assert done.exit_codes["verify"] == 1
    assert "the run that made it must have ended under Plumbline's eyes" in done.logs["verify"]
    assert stand_in.applied == []
