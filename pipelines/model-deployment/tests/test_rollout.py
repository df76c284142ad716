import time
from types import SimpleNamespace

import probe
import pytest
import resolve
import rollout
import web
from outcome import StepError

URI = "s3://models/1/model"


def deployment(**status):
    counts = {"observedGeneration": 3, "replicas": 2, "updatedReplicas": 2, "availableReplicas": 2}
    return {
        "metadata": {"name": "churn-predictor", "generation": 3},
        "spec": {"replicas": 2, "template": {"metadata": {"annotations": {rollout.SOURCE_ANNOTATION: URI}}}},
        "status": counts | status,
    }


def test_a_rollout_is_complete_when_every_pod_serves_the_model():
    assert rollout.unfinished(deployment(), URI) is None


@pytest.mark.parametrize(
    ("uri", "status", "reason"),
    [
        ("s3://models/2/model", {}, f"its pods still serve {URI}"),
        (URI, {"observedGeneration": 2}, "was not looked at yet"),
        (URI, {"replicas": 3}, "2 pods are wanted, there are replicas 3"),
        (URI, {"updatedReplicas": 1}, "updatedReplicas 1"),
        (URI, {"availableReplicas": 0}, "availableReplicas 0"),
    ],
)
def test_a_rollout_is_not_complete_while_anything_is_old(uri, status, reason):
    assert reason in rollout.unfinished(deployment(**status), uri)


def test_a_rollout_that_was_given_up_ends_the_wait():
    given_up = {"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded"}
    with pytest.raises(StepError, match=r"it was given up: ProgressDeadlineExceeded; look at its pods"):
        rollout.unfinished(deployment(availableReplicas=1, conditions=[given_up]), URI)


def test_the_deployment_is_asked_of_the_api_server(json_server):
    asked = []

    def answer(_, path, __):
        asked.append(path)
        return (404, {"message": "no such Deployment"}) if len(asked) == 1 else (200, deployment())

    cluster = rollout.Cluster(json_server(answer), "token")
    assert "it answered 404" in cluster.missing("models", "churn-predictor", URI)
    assert cluster.missing("models", "churn-predictor", URI) is None
    assert asked == ["/apis/apps/v1/namespaces/models/deployments/churn-predictor"] * 2


def test_a_missing_permission_is_not_waited_for(json_server):
    cluster = rollout.Cluster(json_server(lambda *_: (403, {"message": "forbidden"})), "token")
    with pytest.raises(StepError, match="let the service account get it"):
        cluster.missing("models", "churn-predictor", URI)


def test_waiting_ends_at_the_deadline_and_says_what_was_missing(monkeypatch):
    monkeypatch.setattr(probe, "POLL_SECONDS", 0)
    with pytest.raises(StepError, match="waited for the answer in vain: not yet; look at the pods"):
        probe.await_none(time.monotonic() - 1, "answer", lambda: "not yet")


@pytest.mark.parametrize("answer", [{}, {"outputs": []}, {"outputs": [{"data": [1, 2]}]}, [], None])
def test_an_answer_without_one_prediction_is_refused(json_server, answer):
    with pytest.raises(StepError, match=r"asked .* for one prediction"):
        probe.predict(json_server(lambda *_: (200, answer)), 2)


def test_an_answer_is_bounded_and_must_be_json(json_server, monkeypatch):
    url = json_server(lambda *_: (200, "a long text"))
    assert web.call(url) == "a long text"
    monkeypatch.setattr(web, "MAX_ANSWER_BYTES", 3)
    with pytest.raises(web.Unanswered, match="MAX_ANSWER_BYTES 3"):
        web.call(url)
    with pytest.raises(web.Unanswered, match="refused"):
        web.call("http://127.0.0.1:9")


def model(**sklearn):
    return SimpleNamespace(
        flavors={"sklearn": {"serialization_format": "pickle", "pickled_model": "model.pkl"} | sklearn}
    )


@pytest.mark.parametrize(
    ("location", "uri"),
    [
        ("s3://models/1/m-1/artifacts", "s3://models/1/m-1/artifacts"),
        (
            "mlflow-artifacts:/1/models/m-1/artifacts",
            "http://m/api/2.0/mlflow-artifacts/artifacts/1/models/m-1/artifacts/model.pkl",
        ),
    ],
)
def test_a_location_becomes_one_that_a_runtime_can_fetch(location, uri):
    assert resolve.storage_uri(location, "http://m/", model()) == uri


def test_what_a_runtime_cannot_fetch_or_load_is_refused():
    with pytest.raises(StepError, match="cannot be fetched by a serving runtime"):
        resolve.storage_uri("/var/models", "http://m", model())
    with pytest.raises(StepError, match="no pickled scikit-learn model"):
        resolve.storage_uri("s3://models/1", "http://m", model(serialization_format="skops"))


def test_a_signature_that_is_not_one_table_is_refused():
    with pytest.raises(StepError, match="log the model with a signature"):
        resolve.feature_count(SimpleNamespace(signature=None))
