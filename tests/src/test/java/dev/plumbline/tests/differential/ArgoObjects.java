package dev.plumbline.tests.differential;

import static dev.plumbline.tests.differential.Trees.list;
import static dev.plumbline.tests.differential.Trees.map;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Random objects of Argo Workflows. */
record ArgoObjects(Objects objects, Names names, Pods pods, Dice dice) {

    Map<String, @Nullable Object> workflowTemplate() {
        Map<String, @Nullable Object> main = map(
                "name",
                "main",
                "dag",
                map(
                        "tasks",
                        list(
                                map(
                                        "name",
                                        "a",
                                        "templateRef",
                                        map("name", names.any("WorkflowTemplate"), "template", "main")),
                                map("name", "b", "template", "step", "depends", "a"))));
        Map<String, @Nullable Object> step = map("name", "step", "container", pods.container("main"));
        return objects.named(
                "argoproj.io/v1alpha1",
                "WorkflowTemplate",
                "spec",
                map(
                        "entrypoint",
                        "main",
                        "serviceAccountName",
                        names.any("ServiceAccount"),
                        "arguments",
                        map("parameters", list(map("name", "p", "value", dice.pick("1", "x", "{{y}}")))),
                        "templates",
                        list(main, step)));
    }

    Map<String, @Nullable Object> cronWorkflow() {
        return objects.named(
                "argoproj.io/v1alpha1",
                "CronWorkflow",
                "spec",
                map(
                        "schedules",
                        list("0 2 * * *"),
                        "workflowSpec",
                        map("workflowTemplateRef", map("name", names.any("WorkflowTemplate")))));
    }
}
