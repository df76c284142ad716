"""Say how the run ended, in one line of JSON that a log search finds."""

import argparse
import json


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workflow", required=True)
    parser.add_argument("--status", required=True, help="Succeeded, Failed or Error")
    parser.add_argument("--source", required=True)
    parser.add_argument("--suite", required=True)
    parser.add_argument("--output", required=True)
    options = parser.parse_args()

    published = options.output if options.status == "Succeeded" else None
    print(
        json.dumps(
            {
                "event": "data-validation-finished",
                "workflow": options.workflow,
                "status": options.status,
                "source": options.source,
                "suite": options.suite,
                "published": published,
            }
        )
    )


if __name__ == "__main__":
    main()
