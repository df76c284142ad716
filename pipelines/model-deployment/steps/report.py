"""Say how the run ended, in one line of JSON that a log search finds."""

import argparse
import json


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workflow", required=True)
    parser.add_argument("--status", required=True, help="Succeeded, Failed or Error")
    parser.add_argument("--model-name", required=True)
    parser.add_argument("--model-version", required=True)
    parser.add_argument("--namespace", required=True)
    options = parser.parse_args()

    served = f"{options.namespace}/{options.model_name}" if options.status == "Succeeded" else None
    print(
        json.dumps(
            {
                "event": "model-deployment-finished",
                "workflow": options.workflow,
                "status": options.status,
                "model": f"models:/{options.model_name}/{options.model_version}",
                "served": served,
            }
        )
    )


if __name__ == "__main__":
    main()
