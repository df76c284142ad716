"""What every shipped template must be, read from the files themselves."""

import re
from pathlib import Path

import pytest
import yaml
from template_run import PIPELINES, config_maps, load

NAMES = ["data-validation", "model-training", "model-deployment", "model-retraining", "ml-pipeline"]
# None is a parameter that whoever starts a run must give.
PROMISED_PARAMETERS = {
    "data-validation": {
        "data-source": "s3://mlops-raw-data/",
        "validation-suite": "default",
        "output-path": "s3://mlops-curated-data/",
    },
    "model-training": {
        "data-path": "s3://mlops-curated-data/",
        "model-name": "default-model",
        "experiment-name": "default-experiment",
        "mlflow-tracking-uri": "http://mlflow-server.mlflow:5000",
    },
    "model-deployment": {
        "model-name": None,
        "model-version": None,
        "deployment-namespace": "models",
        "ecr-repository": None,
    },
    "model-retraining": {
        "model-name": "production-model",
        "performance-threshold": "0.85",
        "drift-threshold": "0.1",
        "auto-deploy": "false",
    },
    "ml-pipeline": {
        "data-source": "s3://mlops-raw-data/",
        "validation-suite": "default",
        "output-path": "s3://mlops-curated-data/",
        "model-name": "default-model",
        "experiment-name": "default-experiment",
        "mlflow-tracking-uri": "http://mlflow-server.mlflow:5000",
        "performance-threshold": "0.85",
        "deployment-namespace": "models",
        "ecr-repository": None,
    },
}
PROMISED_OUTPUTS = {
    "data-validation": {"validation-passed", "evaluated-expectations", "successful-expectations", "data-digest"},
    "model-training": {"model-name", "model-version", "model-uri", "mlflow-run-id", "accuracy", "data-digest"},
}
# Each pipeline says for itself how it ended.
OWN_MODULES = ["report.py"]


LEAVES = [
    pytest.param(name, template, id=f"{name}/{template['name']}")
    for name in NAMES
    for template in load(name)["spec"]["templates"]
    if "container" in template
]


@pytest.mark.parametrize("name", NAMES)
def test_parameters_have_the_promised_defaults_and_all_are_described(name):
    parameters = load(name)["spec"]["arguments"]["parameters"]
    values = {one["name"]: one.get("value") for one in parameters}
    assert values | PROMISED_PARAMETERS[name] == values
    assert all(isinstance(value, str) for value in values.values() if value is not None)
    assert {one for one, value in values.items() if value is None} == {
        one for one, value in PROMISED_PARAMETERS[name].items() if value is None
    }
    assert all(one["description"] for one in parameters)


@pytest.mark.parametrize("name", PROMISED_OUTPUTS)
def test_outputs_are_those_of_the_entrypoint_and_global(name):
    templates = load(name)["spec"]["templates"]
    entrypoint = {one["name"] for one in templates[0]["outputs"]["parameters"]}
    outputs = [one for template in templates[1:] for one in template.get("outputs", {}).get("parameters", [])]
    assert entrypoint >= PROMISED_OUTPUTS[name]
    assert {one.get("globalName") for one in outputs} >= PROMISED_OUTPUTS[name]


@pytest.mark.parametrize("name", NAMES)
def test_every_step_file_is_in_a_generated_config_map(name):
    listed = sorted(file for files in config_maps(name).values() for file in files)
    assert listed == sorted(path for path in (PIPELINES / name / "steps").rglob("*") if path.suffix in (".py", ".json"))


@pytest.mark.parametrize(("name", "template"), LEAVES)
def test_every_step_is_bounded_and_unprivileged(name, template):
    container = template["container"]
    assert template["serviceAccountName"] == name
    assert template["activeDeadlineSeconds"] > 0
    assert int(template["retryStrategy"]["limit"]) <= 3
    assert container["command"] == ["python"]
    assert container["resources"]["requests"].keys() == container["resources"]["limits"].keys() == {"cpu", "memory"}
    assert re.fullmatch(r".+:\d+\.\d+\.\d+", container["image"])
    assert container["securityContext"]["runAsNonRoot"]
    assert not container["securityContext"]["allowPrivilegeEscalation"]


@pytest.mark.parametrize(("name", "template"), LEAVES)
def test_every_path_in_the_arguments_is_declared(name, template):
    declared = [mount["mountPath"] for mount in template["container"]["volumeMounts"]]
    declared += [one["path"] for one in template.get("inputs", {}).get("artifacts", [])]
    paths = [one for one in template["container"]["args"] if one.startswith("/")]
    assert paths
    assert [one for one in paths if not any(one == root or one.startswith(f"{root}/") for root in declared)] == []


def test_what_describes_a_model_or_its_data_is_never_collected():
    kept = {
        one["name"]
        for name in NAMES
        for template in load(name)["spec"]["templates"]
        for one in template.get("outputs", {}).get("artifacts", [])
        if one.get("artifactGC", {}).get("strategy") == "Never"
    }
    assert kept == {"model", "metrics", "validation-result", "measurement"}


def test_modules_of_one_name_are_the_same_in_every_pipeline():
    # kustomize reads no file outside a kustomization's folder, so each pipeline has its own copy.
    copies: dict[str, set[bytes]] = {}
    for name in NAMES:
        for module in (PIPELINES / name / "steps").glob("*.py"):
            copies.setdefault(module.name, set()).add(module.read_bytes())
    assert [module for module, texts in copies.items() if len(texts) > 1] == OWN_MODULES


def test_the_requirements_are_the_lock_s_versions():
    folder = PIPELINES / "platform" / "image"
    lock = lines(folder / "requirements.lock")
    assert set(lines(folder / "requirements.txt")) <= set(lock)
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9.]+", line) for line in lock)


def test_examples_use_templates_and_parameters_that_exist():
    templates = {f"{name}-template": load(name)["spec"]["arguments"]["parameters"] for name in NAMES}
    examples = sorted((PIPELINES / "examples").glob("*-workflow.yaml"))
    specs = [yaml.safe_load(file.read_text())["spec"] for file in examples]
    specs.append(
        yaml.safe_load((PIPELINES / "examples" / "scheduled-ml-pipeline.yaml").read_text())["spec"]["workflowSpec"]
    )
    assert len(specs) == 4
    for spec in specs:
        declared = templates[spec["workflowTemplateRef"]["name"]]
        given = {one["name"] for one in spec["arguments"]["parameters"]}
        assert given <= {one["name"] for one in declared}
        assert given >= {one["name"] for one in declared if "value" not in one}


@pytest.mark.parametrize("name", NAMES)
def test_a_reference_passes_what_the_other_template_takes(name):
    for task in [task for one in load(name)["spec"]["templates"] for task in one.get("dag", {}).get("tasks", [])]:
        if "templateRef" in task:
            other = load(task["templateRef"]["name"].removesuffix("-template"))["spec"]["templates"]
            [called] = [one for one in other if one["name"] == task["templateRef"]["template"]]
            given = [one["name"] for one in task["arguments"]["parameters"]]
            assert given == [one["name"] for one in called["inputs"]["parameters"]], task["name"]


def test_triggers_start_templates_with_parameters_that_exist():
    documents = [
        one
        for file in sorted((PIPELINES / "platform" / "triggers").glob("*.yaml"))
        for one in yaml.safe_load_all(file.read_text(encoding="utf-8"))
    ]
    triggers = [one["template"]["argoWorkflow"] for sensor in kind("Sensor", documents) for one in sensor["triggers"]]
    sources = {one["metadata"]["name"] for one in documents if one["kind"] == "EventSource"}
    assert len(triggers) == len(sources) == 2
    for trigger in triggers:
        spec = trigger["source"]["resource"]["spec"]
        declared = load(spec["workflowTemplateRef"]["name"].removesuffix("-template"))["spec"]["arguments"][
            "parameters"
        ]
        given = [one["name"] for one in spec["arguments"]["parameters"]]
        assert set(given) <= {one["name"] for one in declared}
        assert [one["dest"] for one in trigger["parameters"]] == ["spec.arguments.parameters.0.value"]
    for sensor in kind("Sensor", documents):
        assert {one["eventSourceName"] for one in sensor["dependencies"]} <= sources


def kind(name: str, documents: list[dict]) -> list[dict]:
    """The specs of the objects of a kind."""
    return [one["spec"] for one in documents if one["kind"] == name]


def lines(file: Path) -> list[str]:
    return [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
