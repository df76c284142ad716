"""Runs a shipped WorkflowTemplate's containers as local processes, for the tests of the pipelines.

It knows just what these templates use: one DAG of containers with `depends` on single tasks, parameters, artifacts and
ConfigMaps of step files. It takes tasks in the order written and stops at the first that fails. The embedded runner and
Argo are the real ones; this proves that the arguments in template.yaml and the command lines of the steps fit.
"""

import os
import re
import shutil
import subprocess
import sys
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
class TemplateRun:
    """What a run left behind: the exit code of each task, its output, the outputs by task and the global ones."""

    pipeline: str
    folder: Path
    parameters: dict[str, str]
    exit_codes: dict[str, int] = field(default_factory=dict)
    logs: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    artifacts: dict[str, Path] = field(default_factory=dict)
    global_outputs: dict[str, str] = field(default_factory=dict)

    def run(self) -> "TemplateRun":
        spec = load(self.pipeline)["spec"]
        templates = {one["name"]: one for one in spec["templates"]}
        arguments = {one["name"]: one["value"] for one in spec["arguments"]["parameters"]} | self.parameters
        self.values |= {"workflow.name": "run-1", "workflow.uid": f"uid-{self.folder.name}"}
        self.values |= {f"workflow.parameters.{name}": value for name, value in arguments.items()}
        inputs = {f"inputs.parameters.{name}": value for name, value in arguments.items()}
        for task in templates[spec["entrypoint"]]["dag"]["tasks"]:
            if not self._task(task, templates[task["template"]], inputs):
                break
        self.values["workflow.status"] = "Failed" if any(self.exit_codes.values()) else "Succeeded"
        self._container("onExit", templates[spec["onExit"]], {}, {})
        for one in templates[spec["entrypoint"]]["outputs"]["parameters"] if self.succeeded else []:
            self.values[f"outputs.{one['name']}"] = self._filled(one["valueFrom"]["parameter"], {})
        return self

    @property
    def succeeded(self) -> bool:
        return self.values["workflow.status"] == "Succeeded"

    def output(self, name: str) -> str:
        """An output parameter of the entrypoint."""
        return self.values[f"outputs.{name}"]

    def _task(self, task: dict[str, Any], template: dict[str, Any], inputs: dict[str, str]) -> bool:
        arguments = task["arguments"]
        given = {one["name"]: self._filled(one["value"], inputs) for one in arguments.get("parameters", [])}
        files = {
            one["name"]: self.artifacts[TAG.fullmatch(one["from"])[1]]  # type: ignore[index]
            for one in arguments.get("artifacts", [])
        }
        return self._container(task["name"], template, given, files) == 0

    def _container(self, task: str, template: dict[str, Any], given: dict[str, str], files: dict[str, Path]) -> int:
        declared = template.get("inputs", {})
        assert [one["name"] for one in declared.get("parameters", [])] == list(given), f"inputs of {task}"
        assert {one["name"] for one in declared.get("artifacts", [])} == set(files), f"artifacts of {task}"
        paths = self._paths(task, template, files)
        scope = {f"inputs.parameters.{name}": value for name, value in given.items()}
        container = template["container"]
        command = [sys.executable, *(_mapped(self._filled(one, scope), paths) for one in container["args"])]
        environment = dict(os.environ) | {"PYTHONDONTWRITEBYTECODE": "1"}
        for one in container.get("env", []):
            pod_field = one.get("valueFrom", {}).get("fieldRef", {}).get("fieldPath", "")
            value = one.get("value", FIELDS_OF_THE_POD.get(pod_field, ""))
            value = _mapped(self._filled(value, scope), paths)
            environment[one["name"]] = re.sub(r"\$\((\w+)\)", lambda found: environment[found[1]], value)
        done = subprocess.run(
            command,
            env=environment | OVERRIDES,
            capture_output=True,
            text=True,
            timeout=STEP_TIMEOUT_SECONDS,
            check=False,
        )
        self.exit_codes[task], self.logs[task] = done.returncode, done.stdout + done.stderr
        self._collect(task, template.get("outputs", {}), paths)
        return done.returncode

    def _paths(self, task: str, template: dict[str, Any], files: dict[str, Path]) -> dict[str, Path]:
        volumes = {one["name"]: one for one in template["volumes"]}
        paths = {one["path"]: files[one["name"]] for one in template.get("inputs", {}).get("artifacts", [])}
        for mount in template["container"]["volumeMounts"]:
            target = self.folder / task / mount["mountPath"].strip("/")
            target.mkdir(parents=True)
            paths[mount["mountPath"]] = target
            name = volumes[mount["name"]].get("configMap", {}).get("name")
            for file in config_maps(self.pipeline)[name] if name else []:
                shutil.copy(file, target)
        return paths

    def _collect(self, task: str, outputs: dict[str, Any], paths: dict[str, Path]) -> None:
        for one in outputs.get("parameters", []):
            file = Path(_mapped(one["valueFrom"]["path"], paths))
            if file.exists():
                value = file.read_text(encoding="utf-8").removesuffix("\n")
                self.values[f"tasks.{task}.outputs.parameters.{one['name']}"] = value
                if "globalName" in one:
                    self.global_outputs[one["globalName"]] = value
        for one in outputs.get("artifacts", []):
            self.artifacts[f"tasks.{task}.outputs.artifacts.{one['name']}"] = Path(_mapped(one["path"], paths))

    def _filled(self, text: str, scope: dict[str, str]) -> str:
        known = self.values | scope
        return TAG.sub(lambda found: known[found[1]], text)


def _mapped(text: str, paths: dict[str, Path]) -> str:
    longest_first = sorted(paths, key=len, reverse=True)
    return re.sub(rf"^({'|'.join(map(re.escape, longest_first))})(?=/|$)", lambda found: str(paths[found[1]]), text)
