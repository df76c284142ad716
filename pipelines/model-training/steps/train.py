"""Train a classifier and log it, with its parameters, to MLflow."""

import argparse
from pathlib import Path

import distribution
import mlflow
import mlflow.sklearn
import numpy
import pandas as pd
import sklearn
import storage
from mlflow.models import infer_signature
from outcome import run, write_output
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from tracking import mlflow_call

HYPERPARAMETERS = {"C": 1.0, "max_iter": 1000}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", required=True, type=Path, help="folder with train.csv")
    parser.add_argument("--target", required=True)
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--experiment", required=True)
    parser.add_argument("--data-path", required=True, help="recorded with the run")
    parser.add_argument("--data-digest", required=True, help="recorded with the run")
    parser.add_argument("--model", required=True, type=Path, help="folder to write the model to")
    parser.add_argument("--run-id-file", required=True)
    parser.add_argument("--model-id-file", required=True)
    parser.add_argument("--model-digest-file", required=True)
    options = parser.parse_args()

    table = pd.read_csv(options.split / "train.csv")
    features, target = table.drop(columns=[options.target]), table[options.target]
    model = fit(features, target, options.seed)
    parameters = {
        **HYPERPARAMETERS,
        "seed": options.seed,
        "algorithm": type(model[-1]).__name__,
        "features": ",".join(features.columns),
        "training-rows": len(table),
        "data-path": options.data_path,
        "data-digest": options.data_digest,
    }
    run_id, model_id = log(model, features, parameters, options.experiment, options.model)
    digest = model_digest(options.model)
    write_output(options.run_id_file, run_id)
    write_output(options.model_id_file, model_id)
    write_output(options.model_digest_file, digest)
    print(f"trained {parameters['algorithm']} on {len(table)} rows as MLflow run {run_id}: {digest}")


def fit(features: pd.DataFrame, target: pd.Series, seed: int) -> Pipeline:
    """The model itself. It takes plain arrays too, because that is what a serving runtime hands it."""
    model = make_pipeline(StandardScaler(), LogisticRegression(**HYPERPARAMETERS, random_state=seed))
    return model.fit(features.to_numpy(dtype=float), target.to_numpy())


def log(
    model: Pipeline, features: pd.DataFrame, parameters: dict[str, object], experiment: str, folder: Path
) -> tuple[str, str]:
    """Log a finished run and its model; folder gets the bytes that MLflow stored. Returns run id and model id."""
    sample = features.to_numpy(dtype=float)
    with mlflow_call(f"logged the model to experiment {experiment}"):
        mlflow.set_experiment(experiment)
        # MLflow adds the tags of MLFLOW_RUN_CONTEXT, which the template sets, to every run that starts here.
        with mlflow.start_run() as run_started:
            mlflow.log_params(parameters)
            # What later data is compared with, to see whether it has drifted away from this.
            mlflow.log_dict(distribution.describe(features), "distribution.json")
            logged = mlflow.sklearn.log_model(
                model,
                name="model",
                params=parameters,
                signature=infer_signature(sample, model.predict(sample)),
                # Named here, because finding them out takes MLflow half a minute.
                pip_requirements=[f"scikit-learn=={sklearn.__version__}", f"numpy=={numpy.__version__}"],
                # KServe's scikit-learn server reads pickles, not skops files.
                serialization_format="pickle",
            )
        mlflow.artifacts.download_artifacts(artifact_uri=logged.model_uri, dst_path=str(folder))
    # The download adds this note of its own; without it the folder holds what MLflow stored and nothing else.
    (folder / "registered_model_meta").unlink(missing_ok=True)
    return run_started.info.run_id, logged.model_id


def model_digest(folder: Path) -> str:
    """Digest of every file of the model, by the rule of storage.digest."""
    return storage.digest(folder, [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()])


if __name__ == "__main__":
    run(main)
