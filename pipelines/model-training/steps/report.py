"""Say how the run ended: one line of JSON, and a tag on the MLflow runs that it started."""

import argparse
import json
import sys

from mlflow import MlflowClient
from mlflow.exceptions import MlflowException


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workflow", required=True)
    parser.add_argument("--workflow-uid", required=True)
    parser.add_argument("--status", required=True, help="Succeeded, Failed or Error")
    parser.add_argument("--experiment", required=True)
    parser.add_argument("--model-name", required=True)
    options = parser.parse_args()

    outcome = {
        "event": "model-training-finished",
        "workflow": options.workflow,
        "status": options.status,
        "model-name": options.model_name,
    }
    try:
        outcome["mlflow-runs"] = tag_runs(options.experiment, options.workflow_uid, options.status)
    except MlflowException as error:
        # The outcome of the run must not depend on whether it could be reported.
        print(f"warning: tagged the runs of {options.workflow}, failed because {error}", file=sys.stderr)
    print(json.dumps(outcome))


def tag_runs(experiment: str, uid: str, status: str) -> list[str]:
    """Tag every MLflow run of this workflow with its outcome and return their ids."""
    client = MlflowClient()
    found = client.get_experiment_by_name(experiment)
    if found is None:
        return []
    runs = client.search_runs([found.experiment_id], f"tags.`argo.workflow.uid` = '{uid}'")
    for one in runs:
        client.set_tag(one.info.run_id, "argo.workflow.status", status)
    return [one.info.run_id for one in runs]


if __name__ == "__main__":
    main()
