"""Alerts fire and stop on realistic series, by promtool; rules and dashboards use only metrics that exist."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from template_run import PIPELINES

FOLDER = PIPELINES / "platform" / "observability"
RULES = sorted(FOLDER.glob("*-alerts.yaml"))
DASHBOARDS = sorted((FOLDER / "dashboards").glob("*.json"))
METRIC = re.compile(r"\b(?:argo_workflows|plumbline)_[a-z_]+\b")
OF_A_SUMMARY = re.compile(r"_(?:bucket|count|sum)$")


@pytest.fixture(scope="module")
def promtool():
    """Debian's package prometheus has it; a machine without it skips these tests, a build machine fails them."""
    found = shutil.which("promtool")
    if found is None and os.environ.get("CI") != "true":
        pytest.skip("promtool is not installed (Debian package prometheus)")
    assert found is not None, "promtool is not installed (Debian package prometheus)"
    return found


@pytest.fixture
def rules(tmp_path):
    """The rule files as Prometheus reads them, out of the operator's objects, beside copies of their tests."""
    for file in RULES:
        spec = yaml.safe_load(file.read_text(encoding="utf-8"))["spec"]
        (tmp_path / f"{file.stem}.rules.yaml").write_text(yaml.safe_dump(spec), encoding="utf-8")
        shutil.copy(FOLDER / "tests" / file.name, tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", [file.stem for file in RULES])
def test_every_alert_fires_and_stops(promtool, rules, name):
    tests = yaml.safe_load((rules / f"{name}.yaml").read_text(encoding="utf-8"))["tests"]
    checks = [check for test in tests for check in test["alert_rule_test"]]
    for group in yaml.safe_load((rules / f"{name}.rules.yaml").read_text(encoding="utf-8"))["groups"]:
        for rule in group["rules"]:
            expected = [bool(check["exp_alerts"]) for check in checks if check["alertname"] == rule["alert"]]
            assert True in expected, f"no test sees {rule['alert']} fire"
            assert expected[-1] is False or False in expected[expected.index(True) :], f"{rule['alert']} never stops"
    for command in (["check", "rules", f"{name}.rules.yaml"], ["test", "rules", f"{name}.yaml"]):
        done = subprocess.run([promtool, *command], cwd=rules, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", [*RULES, *DASHBOARDS], ids=lambda file: file.stem)
def test_only_metrics_that_exist_are_asked_for(file):
    used = {OF_A_SUMMARY.sub("", name) if name not in known() else name for name in METRIC.findall(queries(file))}
    assert used
    assert used - known() == set()


@pytest.mark.parametrize("file", DASHBOARDS, ids=lambda file: file.stem)
def test_a_dashboard_s_panels_have_queries_and_places_of_their_own(file):
    panels = json.loads(file.read_text(encoding="utf-8"))["panels"]
    assert all(target["expr"] for panel in panels for target in panel["targets"])
    places = {(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels}
    assert len(places) == len({panel["id"] for panel in panels}) == len(panels)


def queries(file: Path) -> str:
    """All PromQL in a rule file or a dashboard."""
    if file.suffix == ".json":
        panels = json.loads(file.read_text(encoding="utf-8"))["panels"]
        return "\n".join(target["expr"] for panel in panels for target in panel["targets"])
    groups = yaml.safe_load(file.read_text(encoding="utf-8"))["spec"]["groups"]
    return "\n".join(rule["expr"] for group in groups for rule in group["rules"])


def known() -> set[str]:
    """Argo's metrics as listed, those that its configuration here adds, and Plumbline's by its own list."""
    listed = (FOLDER / "tests" / "argo-metrics-v4.1.4.txt").read_text(encoding="utf-8").splitlines()
    argo = [line.split()[0] for line in listed if not line.startswith("#")]
    controller = yaml.safe_load((PIPELINES / "platform" / "argo" / "controller.yaml").read_text(encoding="utf-8"))
    defaults = yaml.safe_load(controller["data"]["workflowDefaults"])["spec"]["metrics"]["prometheus"]
    metrics = PIPELINES.parent / "registry/src/main/java/dev/plumbline/registry/metrics/Metric.java"
    plumbline = re.findall(r'^    [A-Z_]+\(\s*"(plumbline_\w+)"', metrics.read_text(encoding="utf-8"), re.MULTILINE)
    assert argo and plumbline
    return {f"argo_workflows_{name}" for name in [*argo, *(one["name"] for one in defaults)]} | set(plumbline)
