"""When a model is trained again, and when the new one replaces it. Numbers only; nothing is read or written here."""

import math

from outcome import StepError


def fraction(parameter: str, text: str) -> float:
    """A threshold or an accuracy, which must be a number from 0 to 1."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        raise StepError(f"read {parameter} {text!r}, it is not a number from 0 to 1; correct it")
    return value


def switch(parameter: str, text: str) -> bool:
    """A parameter that is true or false."""
    if text not in ("true", "false"):
        raise StepError(f"read {parameter} {text!r}, it is not true or false; correct it")
    return text == "true"


def reasons_to_retrain(
    accuracy: float, performance_threshold: float, drift: dict[str, float], drift_threshold: float
) -> list[str]:
    """What is wrong with the model that is served; empty when nothing is."""
    reasons = []
    if accuracy < performance_threshold:
        reasons.append(f"accuracy {accuracy:.4f} is below {performance_threshold}")
    drifted = [name for name, index in drift.items() if index > drift_threshold]
    if drifted:
        shown = ", ".join(f"{name} {drift[name]:.3f}" for name in drifted)
        reasons.append(f"the drift of {shown} is above {drift_threshold}")
    return reasons


def reason_not_to_deploy(current: float, new: float, same_data: bool, auto_deploy: bool) -> str | None:
    """Why the new model does not replace the current one; None when it does."""
    if not same_data:
        return "the data changed while the models were measured, so that their accuracies cannot be compared"
    if new <= current:
        return f"its accuracy {new:.4f} is not better than {current:.4f}"
    return None if auto_deploy else "auto-deploy is false"
