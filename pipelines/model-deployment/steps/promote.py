"""Point the alias of the served version at the one that now answers."""

import argparse

from mlflow import MlflowClient
from outcome import run
from tracking import mlflow_call


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model-name", required=True)
    parser.add_argument("--model-version", required=True)
    parser.add_argument("--alias", required=True)
    options = parser.parse_args()

    with mlflow_call(f"named version {options.model_version} of {options.model_name} {options.alias}"):
        MlflowClient().set_registered_model_alias(options.model_name, options.alias, options.model_version)
    print(f"models:/{options.model_name}@{options.alias} is now version {options.model_version}")


if __name__ == "__main__":
    run(main)
