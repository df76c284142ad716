"""Say how the run ended, in one line of JSON that a log search finds."""

import argparse
import json


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workflow", required=True)
    parser.add_argument("--status", required=True, help="Succeeded, Failed or Error")
    parser.add_argument("--model-name", required=True)
    options = parser.parse_args()

    outcome = {"workflow": options.workflow, "status": options.status, "model-name": options.model_name}
    print(json.dumps({"event": "model-retraining-finished"} | outcome))


if __name__ == "__main__":
    main()
