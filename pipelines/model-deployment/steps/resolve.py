"""Find where a registered model version lies, and refuse early what could not be served."""

import argparse
import os
import re
from pathlib import PurePosixPath

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from mlflow.models.model import ModelInfo
from mlflow.protos.databricks_pb2 import RESOURCE_DOES_NOT_EXIST, ErrorCode
from outcome import StepError, run, write_output
from tracking import mlflow_call

# KServe adds "-predictor" to the name of an InferenceService, and a Service's name has 63 characters.
SERVICE_NAME = re.compile(r"[a-z]([-a-z0-9]{0,51}[a-z0-9])?")
NAMESPACE = re.compile(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
VERSION = re.compile(r"[1-9][0-9]{0,8}")
IMAGE = re.compile(r"[a-z0-9][-.a-z0-9]*(:[0-9]+)?(/[a-z0-9][-._a-z0-9]*)+:[A-Za-z0-9_][-.A-Za-z0-9_]*")
SERVED_SCHEMES = ("s3://", "gs://", "https://", "http://", "pvc://", "hf://", "oci://")
PROXIED = "mlflow-artifacts:/"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model-name", required=True)
    parser.add_argument("--model-version", required=True)
    parser.add_argument("--namespace", required=True, help="where the InferenceService lives")
    parser.add_argument("--image", required=True, help="image of the serving runtime")
    parser.add_argument("--storage-uri-file", required=True)
    parser.add_argument("--features-file", required=True, help="gets the number of the model's features")
    options = parser.parse_args()

    check("deployment-namespace", options.namespace, NAMESPACE, "lower-case letters, digits and dashes")
    check("ecr-repository with runtime-version", options.image, IMAGE, "registry/repository and a tag")
    check("model-name", options.model_name, SERVICE_NAME, "a letter, then up to 52 letters, digits and dashes")
    check("model-version", options.model_version, VERSION, "a version number of MLflow")
    client = MlflowClient()
    server = os.environ["MLFLOW_TRACKING_URI"]
    with mlflow_call(f"looked for version {options.model_version} of {options.model_name}"):
        location = download_uri(client, server, options.model_name, options.model_version)
        model = mlflow.models.get_model_info(f"models:/{options.model_name}/{options.model_version}")
    uri = storage_uri(location, server, model)
    features = feature_count(model)
    write_output(options.storage_uri_file, uri)
    write_output(options.features_file, features)
    print(f"resolved models:/{options.model_name}/{options.model_version} to {uri}, a model of {features} features")


def check(parameter: str, value: str, pattern: re.Pattern[str], wanted: str) -> None:
    """Refuse a value that would end up malformed in the InferenceService."""
    if not pattern.fullmatch(value):
        raise StepError(f"read {parameter} {value!r}, it cannot be deployed; write {wanted}")


def download_uri(client: MlflowClient, server: str, name: str, version: str) -> str:
    """Where MLflow stores the version; a version that does not exist is answered with those that do."""
    try:
        return client.get_model_version_download_uri(name, version)
    except MlflowException as error:
        if error.error_code != ErrorCode.Name(RESOURCE_DOES_NOT_EXIST):
            raise
        known = sorted(int(one.version) for one in client.search_model_versions(f"name = '{name}'"))
        raise StepError(
            f"looked for version {version} of {name} at MLflow {server}, there is none; "
            + (f"choose one of: {', '.join(map(str, known))}" if known else "train and register the model first")
        ) from error


def storage_uri(location: str, server: str, model: ModelInfo) -> str:
    """The location as a serving runtime can fetch it.

    What MLflow hands out through itself has a scheme that no runtime knows; its pickle can be fetched there by HTTP.
    """
    sklearn = model.flavors.get("sklearn", {})
    if sklearn.get("serialization_format") not in ("pickle", "cloudpickle"):
        raise StepError(
            f"read the model at {location}, it is no pickled scikit-learn model; "
            "log it with mlflow.sklearn and serialization_format='pickle'"
        )
    if location.startswith(PROXIED):
        path = PurePosixPath(location.removeprefix(PROXIED)) / sklearn["pickled_model"]
        return f"{server.rstrip('/')}/api/2.0/mlflow-artifacts/artifacts/{path}"
    if not location.startswith(SERVED_SCHEMES):
        raise StepError(
            f"read where the model is stored, {location} cannot be fetched by a serving runtime; "
            f"let MLflow store models at one of {', '.join(SERVED_SCHEMES)}"
        )
    return location


def feature_count(model: ModelInfo) -> int:
    """How many numbers a prediction needs, from the model's signature."""
    shapes = [one.shape for one in model.signature.inputs.inputs] if model.signature else []
    if len(shapes) != 1 or len(shapes[0]) != 2 or shapes[0][1] < 1:
        raise StepError(
            "read the model's signature, it does not name one table of features; log the model with a signature"
        )
    return int(shapes[0][1])


if __name__ == "__main__":
    run(main)
