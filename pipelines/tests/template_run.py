"""Runs a shipped WorkflowTemplate's containers as local processes, for the tests of the pipelines.

It knows just what these templates use: DAGs of containers, of other templates by templateRef and of resources (handed
to a function of the test), `depends`, `when`, parameters, artifacts and ConfigMaps of step files. It takes tasks in the
order written. The embedded runner and Argo are the real ones; this proves that template.yaml and the command lines of
the steps fit.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

PIPELINES = Path(__file__).resolve().parents[1]
STEP_TIMEOUT_SECONDS = 120
# What the downward API would tell; a field that is not here is empty, like an absent annotation.
FIELDS_OF_THE_POD: dict[str, str] = {}
# Environment of the test that goes over the template's.
OVERRIDES: dict[str, str] = {}
# Arguments of the test that go over the template's, by the path of the file whose step gets them.
ARGUMENTS: dict[str, list[str]] = {}
TAG = re.compile(r"\{\{\s*([^}]+?)\s*\}\}")


def load(pipeline: str) -> dict[str, Any]:
    """The template.yaml of a pipeline."""
    return yaml.safe_load((PIPELINES / pipeline / "template.yaml").read_text(encoding="utf-8"))


def config_maps(pipeline: str) -> dict[str, list[Path]]:
    """The files of each ConfigMap that the pipeline's kustomization generates."""
    kustomization = yaml.safe_load((PIPELINES / pipeline / "kustomization.yaml").read_text(encoding="utf-8"))
    return {
        one["name"]: [PIPELINES / pipeline / file for file in one["files"]]
        for one in kustomization["configMapGenerator"]
    }


@dataclass
class Scope:
    """One DAG: whose templates it uses, where it stands in the run, and what its tags may name."""

    pipeline: str
    path: str
    values: dict[str, str]
    artifacts: dict[str, Path] = field(default_factory=dict)

    def filled(self, text: str) -> str:
        return TAG.sub(lambda found: self.values[found[1]], text)


@dataclass
class TemplateRun:
    """What a run left behind: phases of tasks, exit codes and logs of containers, outputs by task and global ones."""

    pipeline: str
    folder: Path
    parameters: dict[str, str]
    # Answers the output parameters of a resource template to its manifest.
    resource: Callable[[dict[str, Any]], dict[str, str]] | None = None
    phases: dict[str, str] = field(default_factory=dict)
    exit_codes: dict[str, int] = field(default_factory=dict)
    logs: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    artifacts: dict[str, Path] = field(default_factory=dict)
    global_outputs: dict[str, str] = field(default_factory=dict)

    def run(self) -> "TemplateRun":
        spec = load(self.pipeline)["spec"]
        arguments = {one["name"]: one.get("value") for one in spec["arguments"]["parameters"]} | self.parameters
        self.values |= {"workflow.name": "run-1", "workflow.uid": f"uid-{self.folder.name}"}
        self.values |= {f"workflow.parameters.{name}": value for name, value in arguments.items()}
        scope = Scope(self.pipeline, "", self.values, self.artifacts)
        main = _template(self.pipeline, spec["entrypoint"])
        succeeded = self._dag(scope, main, arguments)
        self.values |= {"workflow.status": "Succeeded" if succeeded else "Failed"}
        failed = [{"displayName": name} for name, phase in self.phases.items() if phase == "Failed"]
        # JSON inside a JSON text, as Argo writes it.
        self.values |= {"workflow.failures": json.dumps(json.dumps(failed or None))}
        self._container(scope, "onExit", _template(self.pipeline, spec["onExit"]), {}, {})
        return self

    @property
    def succeeded(self) -> bool:
        return self.values["workflow.status"] == "Succeeded"

    def output(self, name: str) -> str:
        """An output parameter of the entrypoint."""
        return self.values[f"outputs.{name}"]

    def _dag(self, scope: Scope, template: dict[str, Any], given: dict[str, str]) -> bool:
        assert {one["name"] for one in template["inputs"]["parameters"]} <= set(given), f"inputs of {scope.path}"
        scope.values |= {f"inputs.parameters.{name}": value for name, value in given.items()}
        phases: dict[str, str] = {}
        for task in template["dag"]["tasks"]:
            if not _depends(task.get("depends", ""), phases):
                phase = "Omitted"
            elif "when" in task and not _holds(scope.filled(task["when"])):
                phase = "Skipped"
            else:
                phase = "Succeeded" if self._task(scope, task) else "Failed"
            phases[task["name"]] = self.phases[scope.path + task["name"]] = phase
        if "Failed" in phases.values():
            return False
        for one in template.get("outputs", {}).get("parameters", []):
            name = TAG.fullmatch(one["valueFrom"]["parameter"])[1]  # type: ignore[index]
            value = scope.values.get(name, one["valueFrom"].get("default"))
            assert value is not None, f"output {one['name']} of {self.pipeline} names {name}, which is absent"
            scope.values[f"outputs.{one['name']}"] = value
        return True

    def _task(self, scope: Scope, task: dict[str, Any]) -> bool:
        arguments = task["arguments"]
        given = {one["name"]: scope.filled(one["value"]) for one in arguments.get("parameters", [])}
        files = {
            one["name"]: scope.artifacts[TAG.fullmatch(one["from"])[1]]  # type: ignore[index]
            for one in arguments.get("artifacts", [])
        }
        if "templateRef" in task:
            return self._reference(scope, task, given)
        template = _template(scope.pipeline, task["template"])
        if "resource" in template:
            return self._resource(scope, task["name"], template, given)
        return self._container(scope, task["name"], template, given, files) == 0

    def _reference(self, scope: Scope, task: dict[str, Any], given: dict[str, str]) -> bool:
        pipeline = task["templateRef"]["name"].removesuffix("-template")
        globals_ = {name: value for name, value in self.values.items() if name.startswith("workflow.")}
        inner = Scope(pipeline, f"{scope.path}{task['name']}.", globals_)
        succeeded = self._dag(inner, _template(pipeline, task["templateRef"]["template"]), given)
        for name, value in inner.values.items():
            if name.startswith("outputs."):
                output = name.removeprefix("outputs.")
                scope.values[f"tasks.{task['name']}.outputs.parameters.{output}"] = value
        return succeeded

    def _resource(self, scope: Scope, task: str, template: dict[str, Any], given: dict[str, str]) -> bool:
        assert [one["name"] for one in template["inputs"]["parameters"]] == list(given), f"inputs of {task}"
        assert self.resource is not None, "this run meets a resource template"
        values = {f"inputs.parameters.{name}": value for name, value in given.items()}
        outputs = self.resource(yaml.safe_load(Scope("", "", values).filled(template["resource"]["manifest"])))
        for one in template["outputs"]["parameters"]:
            self._output(scope, task, one, outputs[one["name"]])
        return True

    def _container(
        self, scope: Scope, task: str, template: dict[str, Any], given: dict[str, str], files: dict[str, Path]
    ) -> int:
        declared = template.get("inputs", {})
        assert [one["name"] for one in declared.get("parameters", [])] == list(given), f"inputs of {task}"
        assert {one["name"] for one in declared.get("artifacts", [])} == set(files), f"artifacts of {task}"
        paths = self._paths(scope, task, template, files)
        values = {name: value for name, value in self.values.items() if name.startswith("workflow.")}
        own = Scope("", "", values | {f"inputs.parameters.{name}": value for name, value in given.items()})
        container = template["container"]
        arguments = container["args"] + ARGUMENTS.get(container["args"][0], [])
        command = [sys.executable, *(_mapped(own.filled(one), paths) for one in arguments)]
        environment = dict(os.environ) | {"PYTHONDONTWRITEBYTECODE": "1"}
        for one in container.get("env", []):
            pod_field = one.get("valueFrom", {}).get("fieldRef", {}).get("fieldPath", "")
            value = _mapped(own.filled(one.get("value", FIELDS_OF_THE_POD.get(pod_field, ""))), paths)
            environment[one["name"]] = re.sub(r"\$\((\w+)\)", lambda found: environment[found[1]], value)
        done = subprocess.run(
            command,
            env=environment | OVERRIDES,
            capture_output=True,
            text=True,
            timeout=STEP_TIMEOUT_SECONDS,
            check=False,
        )
        place = scope.path + task
        self.exit_codes[place], self.logs[place] = done.returncode, done.stdout + done.stderr
        self._collect(scope, task, template.get("outputs", {}), paths)
        return done.returncode

    def _paths(self, scope: Scope, task: str, template: dict[str, Any], files: dict[str, Path]) -> dict[str, Path]:
        volumes = {one["name"]: one for one in template["volumes"]}
        paths = {one["path"]: files[one["name"]] for one in template.get("inputs", {}).get("artifacts", [])}
        for mount in template["container"]["volumeMounts"]:
            target = self.folder / (scope.path + task) / mount["mountPath"].strip("/")
            target.mkdir(parents=True)
            paths[mount["mountPath"]] = target
            name = volumes[mount["name"]].get("configMap", {}).get("name")
            for file in config_maps(scope.pipeline)[name] if name else []:
                shutil.copy(file, target)
        return paths

    def _collect(self, scope: Scope, task: str, outputs: dict[str, Any], paths: dict[str, Path]) -> None:
        for one in outputs.get("parameters", []):
            file = Path(_mapped(one["valueFrom"]["path"], paths))
            if file.exists():
                self._output(scope, task, one, file.read_text(encoding="utf-8").removesuffix("\n"))
        for one in outputs.get("artifacts", []):
            scope.artifacts[f"tasks.{task}.outputs.artifacts.{one['name']}"] = Path(_mapped(one["path"], paths))

    def _output(self, scope: Scope, task: str, declared: dict[str, Any], value: str) -> None:
        scope.values[f"tasks.{task}.outputs.parameters.{declared['name']}"] = value
        if "globalName" in declared:
            self.global_outputs[declared["globalName"]] = value


def _template(pipeline: str, name: str) -> dict[str, Any]:
    return next(one for one in load(pipeline)["spec"]["templates"] if one["name"] == name)


def _depends(text: str, phases: dict[str, str]) -> bool:
    """Whether a `depends` holds: terms joined by ||, a bare name meaning that it succeeded or was skipped."""
    if not text:
        return True
    terms = [term.strip().partition(".") for term in text.split("||")]
    return any(phases[name] in ([result] if result else ["Succeeded", "Skipped"]) for name, _, result in terms)


def _holds(text: str) -> bool:
    """Whether a `when` holds: one comparison of two texts."""
    left, operator, right = re.fullmatch(r"(\S+) (==|!=) (\S+)", text).groups()  # type: ignore[union-attr]
    return (left.strip("'") == right.strip("'")) == (operator == "==")


def _mapped(text: str, paths: dict[str, Path]) -> str:
    longest_first = sorted(paths, key=len, reverse=True)
    return re.sub(rf"^({'|'.join(map(re.escape, longest_first))})(?=/|$)", lambda found: str(paths[found[1]]), text)
