import mlflow
import pytest
import register
from mlflow import MlflowClient
from outcome import StepError
from sklearn.linear_model import LogisticRegression


@pytest.fixture
def logged(mlflow_server, monkeypatch):
    """Ids of an MLflow run and of the model in it."""
    monkeypatch.setenv("MLFLOW_TRACKING_URI", mlflow_server)
    mlflow.set_tracking_uri(mlflow_server)
    with mlflow.start_run() as run:
        model = LogisticRegression().fit([[0], [1]], [0, 1])
        info = mlflow.sklearn.log_model(model, name="model", pip_requirements=[], serialization_format="pickle")
    return run.info.run_id, info.model_id


def test_a_repeated_attempt_makes_no_second_version(mlflow_server, logged):
    client = MlflowClient(mlflow_server)
    first = register.register(client, "repeated", *logged, {"a": "1"})
    second = register.register(client, "repeated", *logged, {"a": "1"})
    assert (first.version, second.version) == ("1", "1")
    assert len(client.search_model_versions("name = 'repeated'")) == 1


def test_one_run_may_be_registered_under_two_names(mlflow_server, logged):
    client = MlflowClient(mlflow_server)
    versions = [register.register(client, name, *logged, {}) for name in ("left", "right")]
    assert [version.name for version in versions] == ["left", "right"]


def test_the_context_of_a_run_without_hint_leaves_the_tag_out():
    assert register.run_context('{"hint": "", "argo.workflow.uid": "u"}') == {"argo.workflow.uid": "u"}


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}'])
def test_a_context_that_mlflow_would_choke_on_is_refused(text):
    with pytest.raises(StepError, match="MLFLOW_RUN_CONTEXT"):
        register.run_context(text)
