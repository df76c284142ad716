"""Ask Plumbline which verdict a model version has, and stop the deployment when it is not one of the allowed."""

import argparse
from urllib.parse import quote

import web
from outcome import StepError, run, write_output


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True, help="address of Plumbline")
    parser.add_argument("--model-name", required=True)
    parser.add_argument("--model-version", required=True)
    parser.add_argument("--allowed", required=True, help="verdicts that may be deployed, separated by commas")
    parser.add_argument("--verdict-file", required=True)
    options = parser.parse_args()

    model = f"{options.model_name}:{options.model_version}"
    allowed = [one.strip() for one in options.allowed.split(",") if one.strip()]
    verdict = ask(options.url, model)
    write_output(options.verdict_file, verdict)
    if verdict not in allowed:
        raise StepError(
            f"asked Plumbline at {options.url} about {model}, its verdict is {verdict} and not {' or '.join(allowed)}; "
            f"`plumbline provenance {model}` says why. Nothing was deployed"
        )
    print(f"asked Plumbline at {options.url} about {model}: {verdict}")


def ask(url: str, model: str) -> str:
    """The verdict of the run that made the model."""
    try:
        answer = web.call(f"{url.rstrip('/')}/api/v1/provenance/{quote(model, safe=':')}")
    except web.Unanswered as error:
        advice = (
            "the run that made it must have ended under Plumbline's eyes"
            if error.status == 404
            else "check plumbline-url and that Plumbline runs"
        )
        raise StepError(f"asked Plumbline at {url} about {model}, failed because {error}; {advice}") from error
    verdict = answer.get("verdict") if isinstance(answer, dict) else None
    if not isinstance(verdict, str):
        raise StepError(f"asked Plumbline at {url} about {model}, the answer has no verdict; check plumbline-url")
    return verdict


if __name__ == "__main__":
    run(main)
