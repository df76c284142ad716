"""Measure the model on the rows it has not seen, and log the metrics to its MLflow run."""

import argparse
import json
from pathlib import Path

import mlflow.sklearn
import pandas as pd
from mlflow import MlflowClient
from outcome import run, write_output
from sklearn.metrics import accuracy_score, f1_score, precision_score, recall_score
from tracking import mlflow_call


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", required=True, type=Path, help="folder with test.csv")
    parser.add_argument("--model", required=True, type=Path, help="folder with the model")
    parser.add_argument("--target", required=True)
    parser.add_argument("--run-id", required=True)
    parser.add_argument("--model-id", required=True)
    parser.add_argument("--accuracy-file", required=True)
    parser.add_argument("--metrics-file", required=True, help="all metrics, as JSON")
    options = parser.parse_args()

    table = pd.read_csv(options.split / "test.csv")
    features = table.drop(columns=[options.target]).to_numpy(dtype=float)
    model = mlflow.sklearn.load_model(str(options.model))
    metrics = measure(table[options.target], model.predict(features))
    client = MlflowClient()
    with mlflow_call(f"logged the metrics of run {options.run_id}"):
        for name, value in metrics.items():
            client.log_metric(options.run_id, name, value, model_id=options.model_id)
    write_output(options.metrics_file, json.dumps(metrics, indent=2, sort_keys=True))
    write_output(options.accuracy_file, f"{metrics['accuracy']:.4f}")
    print(f"evaluated on {len(table)} rows: " + ", ".join(f"{name} {value:.4f}" for name, value in metrics.items()))


def measure(truth: pd.Series, predicted: object) -> dict[str, float]:
    """Metrics by name; those of single classes are averaged by the classes' sizes."""
    return {
        "accuracy": float(accuracy_score(truth, predicted)),
        "precision": float(precision_score(truth, predicted, average="weighted", zero_division=0)),
        "recall": float(recall_score(truth, predicted, average="weighted", zero_division=0)),
        "f1": float(f1_score(truth, predicted, average="weighted", zero_division=0)),
    }


if __name__ == "__main__":
    run(main)
