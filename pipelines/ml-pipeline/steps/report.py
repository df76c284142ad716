"""Say how the run ended and what failed, in one line of JSON that a log search finds."""

import argparse
import json


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workflow", required=True)
    parser.add_argument("--status", required=True, help="Succeeded, Failed or Error")
    parser.add_argument("--model-name", required=True)
    parser.add_argument("--failures", required=True, help="Argo's workflow.failures")
    options = parser.parse_args()

    outcome = {
        "event": "ml-pipeline-finished",
        "workflow": options.workflow,
        "status": options.status,
        "model-name": options.model_name,
        "failed": failed(options.failures),
    }
    print(json.dumps(outcome))


def failed(text: str) -> list[str]:
    """Names of the nodes that failed. Argo writes them as JSON inside a JSON text, and null for none."""
    value = json.loads(text)
    nodes = json.loads(value) if isinstance(value, str) else value
    return [node["displayName"] for node in nodes or []]


if __name__ == "__main__":
    main()
