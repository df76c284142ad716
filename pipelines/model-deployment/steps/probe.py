"""Wait until the new version is what answers, and ask it for a prediction."""

import argparse
import json
import time
from collections.abc import Callable

import rollout
import web
from outcome import StepError, run, write_output

POLL_SECONDS = 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True, help="address of the InferenceService")
    parser.add_argument("--model-name", required=True)
    parser.add_argument("--namespace", required=True)
    parser.add_argument("--storage-uri", required=True, help="what the pods must serve")
    parser.add_argument("--features", required=True, type=int, help="how many numbers a prediction takes")
    parser.add_argument(
        "--rollout",
        required=True,
        choices=["deployment", "metadata", "none"],
        help="whether a Deployment's rollout is awaited, or that the model's own metadata names the storage URI",
    )
    parser.add_argument("--timeout", type=int, default=600, help="seconds")
    parser.add_argument("--prediction-file", required=True)
    options = parser.parse_args()

    deadline = time.monotonic() + options.timeout
    if options.rollout == "deployment":
        cluster = rollout.Cluster.of_this_pod()
        name = f"{options.model_name}-predictor"
        await_none(
            deadline, f"rollout of {name}", lambda: cluster.missing(options.namespace, name, options.storage_uri)
        )
    model = f"{options.url.rstrip('/')}/v2/models/{options.model_name}"
    await_none(deadline, f"answer of {model}/ready", lambda: not_ready(f"{model}/ready"))
    if options.rollout == "metadata":
        await_none(deadline, f"new model at {model}", lambda: older(model, options.storage_uri))
    prediction = predict(f"{model}/infer", options.features)
    write_output(options.prediction_file, json.dumps(prediction))
    print(f"{model} is ready and predicts {prediction} for a row of zeros")


def await_none(deadline: float, what: str, missing: Callable[[], str | None]) -> None:
    """Ask until nothing is missing any more."""
    while (reason := missing()) is not None:
        if time.monotonic() > deadline:
            raise StepError(
                f"waited for the {what} in vain: {reason}; look at the pods and events of the InferenceService"
            )
        time.sleep(POLL_SECONDS)


def not_ready(url: str) -> str | None:
    """Why the model does not answer yet; None when it does."""
    try:
        web.call(url)
    except web.Unanswered as error:
        return str(error)
    return None


def older(url: str, storage_uri: str) -> str | None:
    """What answers there instead of the new model; None when it is the new one."""
    try:
        metadata = web.call(url)
    except web.Unanswered as error:
        return str(error)
    parameters = metadata.get("parameters") if isinstance(metadata, dict) else None
    served = parameters.get("uri") if isinstance(parameters, dict) else None
    return None if served == storage_uri else f"it serves {served}, not {storage_uri}"


def predict(url: str, features: int) -> float | int | str:
    """One prediction by the Open Inference Protocol; the row is zeros, because any row must be answered."""
    row = {"name": "input-0", "shape": [1, features], "datatype": "FP64", "data": [0.0] * features}
    try:
        answer = web.call(url, {"inputs": [row]})
    except web.Unanswered as error:
        raise StepError(
            f"asked {url} for a prediction, failed because {error}; look at the log of the model's pod"
        ) from error
    outputs = answer.get("outputs") if isinstance(answer, dict) else None
    data = outputs[0].get("data") if isinstance(outputs, list) and outputs and isinstance(outputs[0], dict) else None
    if not isinstance(data, list) or len(data) != 1:
        raise StepError(f"asked {url} for one prediction, it answered {str(answer)[:200]}; check the serving runtime")
    return data[0]


if __name__ == "__main__":
    run(main)
