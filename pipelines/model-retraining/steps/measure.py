"""Measure the current model on fresh data, and how far that data is from its own; decide on training again."""

import argparse
import json
import os

import decision
import distribution
import mlflow.artifacts
import mlflow.sklearn
import pandas as pd
import training_data
from mlflow import MlflowClient
from mlflow.entities.model_registry import ModelVersion
from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import INVALID_PARAMETER_VALUE, RESOURCE_DOES_NOT_EXIST, ErrorCode
from outcome import StepError, run, write_output
from sklearn.metrics import accuracy_score
from tracking import mlflow_call

# MLflow answers the second for an alias that is missing.
NOT_THERE = (ErrorCode.Name(RESOURCE_DOES_NOT_EXIST), ErrorCode.Name(INVALID_PARAMETER_VALUE))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", required=True, help="fresh data: s3://bucket/prefix/ or a local path")
    parser.add_argument("--model-name", required=True)
    parser.add_argument("--alias", required=True, help="alias of the current version; without it the newest is current")
    parser.add_argument("--target", required=True)
    parser.add_argument("--ignore", default="", help="columns that are no features, separated by commas")
    parser.add_argument("--test-fraction", type=float, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--performance-threshold", required=True)
    parser.add_argument("--drift-threshold", required=True)
    for name in ("version", "accuracy", "drift", "retrain", "digest", "report"):
        parser.add_argument(f"--{name}-file", required=True)
    options = parser.parse_args()

    performance_threshold = decision.fraction("performance-threshold", options.performance_threshold)
    drift_threshold = decision.fraction("drift-threshold", options.drift_threshold)
    table, digest = training_data.fetch(options.source, options.target, options.ignore)
    # The rows that a training on this data would hold out, so that both models are measured on the same.
    _, held_out = training_data.split(table, options.target, options.test_fraction, options.seed)
    with mlflow_call(f"looked for the current version of {options.model_name}"):
        version = current_version(MlflowClient(), options.model_name, options.alias)
        reference = reference_distribution(version)
        model = mlflow.sklearn.load_model(f"models:/{version.name}/{version.version}")
    features = list(reference)
    check_columns(table, features, options.source, version)
    predicted = model.predict(held_out[features].to_numpy(dtype=float))
    accuracy = float(accuracy_score(held_out[options.target], predicted))
    drift = distribution.drift(reference, table)
    reasons = decision.reasons_to_retrain(accuracy, performance_threshold, drift, drift_threshold)

    report = {
        "model": f"models:/{version.name}/{version.version}",
        "accuracy": accuracy,
        "drift": drift,
        "reasons": reasons,
    }
    write_output(options.report_file, json.dumps(report, indent=2, sort_keys=True))
    write_output(options.version_file, version.version)
    write_output(options.accuracy_file, f"{accuracy:.4f}")
    write_output(options.drift_file, f"{max(drift.values()):.4f}")
    write_output(options.retrain_file, str(bool(reasons)).lower())
    write_output(options.digest_file, digest)
    print(
        f"measured {report['model']} on {len(held_out)} of {len(table)} rows of {options.source}: "
        + (f"train again, because {' and '.join(reasons)}" if reasons else "it is good enough")
    )


def current_version(client: MlflowClient, name: str, alias: str) -> ModelVersion:
    """The version that has the alias, else the newest."""
    try:
        return client.get_model_version_by_alias(name, alias)
    except MlflowException as error:
        if error.error_code not in NOT_THERE:
            raise
    versions = client.search_model_versions(f"name = '{name}'")
    if not versions:
        server = os.environ["MLFLOW_TRACKING_URI"]
        raise StepError(
            f"looked for a version of {name} at MLflow {server}, there is none; "
            "train it by model-training-template first"
        )
    return max(versions, key=lambda one: int(one.version))


def reference_distribution(version: ModelVersion) -> distribution.Distribution:
    """How the features were distributed that the version was trained on, as its training recorded it."""
    try:
        return mlflow.artifacts.load_dict(f"runs:/{version.run_id}/distribution.json")
    except MlflowException as error:
        reason = " ".join(str(error).split())
        raise StepError(
            f"read distribution.json of MLflow run {version.run_id}, failed because {reason}; "
            f"train {version.name} again by model-training-template, which records it"
        ) from error


def check_columns(table: pd.DataFrame, features: list[str], source: str, version: ModelVersion) -> None:
    """Refuse data on which the model cannot be asked."""
    missing = [name for name in features if name not in table.columns]
    if missing:
        raise StepError(
            f"read the data at {source}, it lacks {', '.join(missing)}, which version {version.version} of "
            f"{version.name} takes; check data-path and ignore-columns"
        )


if __name__ == "__main__":
    run(main)
