"""Register the logged model as a new version, tagged with where it comes from."""

import argparse
import json
import os

from mlflow import MlflowClient
from mlflow.entities.model_registry import ModelVersion
from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import RESOURCE_ALREADY_EXISTS, ErrorCode
from outcome import StepError, run, write_output
from tracking import mlflow_call


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model-name", required=True)
    parser.add_argument("--run-id", required=True)
    parser.add_argument("--model-id", required=True)
    parser.add_argument("--accuracy", required=True)
    parser.add_argument("--data-digest", required=True)
    parser.add_argument("--model-digest", required=True)
    parser.add_argument("--name-file", required=True)
    parser.add_argument("--version-file", required=True)
    parser.add_argument("--uri-file", required=True)
    options = parser.parse_args()

    tags = {
        **run_context(os.environ.get("MLFLOW_RUN_CONTEXT", "{}")),
        "accuracy": options.accuracy,
        "data-digest": options.data_digest,
        "model-digest": options.model_digest,
    }
    with mlflow_call(f"registered the model {options.model_name}"):
        version = register(MlflowClient(), options.model_name, options.run_id, options.model_id, tags)
    uri = f"models:/{options.model_name}/{version.version}"
    write_output(options.name_file, options.model_name)
    write_output(options.version_file, version.version)
    write_output(options.uri_file, uri)
    print(f"registered {uri} from MLflow run {options.run_id}")


def run_context(text: str) -> dict[str, str]:
    """The tags that MLflow gave the run, from the same variable, for the version to carry them too."""
    try:
        context = json.loads(text)
    except ValueError as error:
        raise StepError(f"read MLFLOW_RUN_CONTEXT, it is not JSON: {error}; correct the template") from error
    if not isinstance(context, dict) or not all(isinstance(value, str) for value in context.values()):
        raise StepError("read MLFLOW_RUN_CONTEXT, it is not an object of strings; correct the template")
    return {key: value for key, value in context.items() if value}


def register(client: MlflowClient, name: str, run_id: str, model_id: str, tags: dict[str, str]) -> ModelVersion:
    """Register the model once: a repeated attempt finds the version that an earlier one made."""
    try:
        client.create_registered_model(name)
    except MlflowException as error:
        if error.error_code != ErrorCode.Name(RESOURCE_ALREADY_EXISTS):
            raise
    for version in client.search_model_versions(f"run_id = '{run_id}'"):
        if version.name == name:
            return version
    return client.create_model_version(name, source=f"models:/{model_id}", run_id=run_id, model_id=model_id, tags=tags)


if __name__ == "__main__":
    run(main)
