"""Decide whether the newly trained model replaces the current one."""

import argparse

import decision
from outcome import run, write_output


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--current-accuracy", required=True)
    parser.add_argument("--new-accuracy", required=True)
    parser.add_argument(
        "--measured-digest", required=True, help="digest of the data that the current model was measured on"
    )
    parser.add_argument("--trained-digest", required=True, help="digest of the data that the new model was trained on")
    parser.add_argument("--auto-deploy", required=True, help="true or false")
    parser.add_argument("--deploy-file", required=True)
    options = parser.parse_args()

    reason = decision.reason_not_to_deploy(
        decision.fraction("current-accuracy", options.current_accuracy),
        decision.fraction("accuracy", options.new_accuracy),
        options.measured_digest == options.trained_digest,
        decision.switch("auto-deploy", options.auto_deploy),
    )
    write_output(options.deploy_file, str(reason is None).lower())
    print(
        f"compared accuracy {options.new_accuracy} with the current model's {options.current_accuracy}: "
        + ("deploy the new model" if reason is None else f"keep the current model, because {reason}")
    )


if __name__ == "__main__":
    run(main)
