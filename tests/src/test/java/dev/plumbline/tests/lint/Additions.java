package dev.plumbline.tests.lint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fields and values that people add to templates and calls: some right, most wrong somewhere. */
final class Additions {

    static final Object[][] TEMPLATE = {
        {"timeout", "10"},
        {"timeout", "10s"},
        {"pendingTimeout", "1m"},
        {"activeDeadlineSeconds", 10L},
        {"activeDeadlineSeconds", "-1"},
        {"activeDeadlineSeconds", "{{inputs.parameters.x}}"},
        {"parallelism", 2L},
        {"suspend", new LinkedHashMap<>()},
        {"retryStrategy", new LinkedHashMap<>(Map.of("retryPolicy", "Allways"))},
        {"retryStrategy", new LinkedHashMap<>(Map.of("limit", 2L))},
        {"daemon", true},
        {"podResources", new LinkedHashMap<>(Map.of("limits", Map.of("gpu", "1")))},
        {"sidecars", List.of(Map.of("name", "wait", "image", "a"))},
        {"initContainers", List.of(Map.of("image", "a"))},
        {"archiveLocation", Map.of("git", Map.of("revision", "a"))},
        {"metadata", Map.of("labels", Map.of("a", "{{workflow.labels.nothing}}"))},
        {"metrics", Map.of("prometheus", List.of(Map.of("name", "a-b", "help", "x")))},
        {
            "metrics",
            Map.of("prometheus", List.of(Map.of("name", "a", "help", "x", "gauge", Map.of("value", "{{status}}"))))
        },
        {"outputs", Map.of("parameters", List.of(Map.of("name", "o", "valueFrom", Map.of("path", "/o"))))},
        {"inputs", Map.of("artifacts", List.of(Map.of("name", "i", "path", "/a/../../b")))},
        {"outputs", Map.of("artifacts", List.of(Map.of("name", "i", "path", "/a", "globalName", "a b")))},
    };

    static final Object[][] CALL = {
        {"continueOn", Map.of("failed", true)},
        {"depends", "nothing.Succeeded"},
        {"dependencies", List.of("nothing")},
        {"withItems", List.of("a", "b")},
        {"withParam", "[1]"},
        {"withSequence", Map.of("count", "2", "end", "3")},
        {"hooks", Map.of("exit", Map.of("template", "nothing"))},
        {"hooks", Map.of("later", Map.of("template", "nothing"))},
        {"when", "{{item}} == 1"},
        {"when", "{{tasks.nothing.status}} == Succeeded"},
        {"onExit", "nothing"},
        {"templateRef", Map.of("name", "nothing", "template", "nothing")},
        {"arguments", Map.of("parameters", List.of(Map.of("name", "p")))},
        {"arguments", Map.of("artifacts", List.of(Map.of("name", "p", "from", "{{tasks.a.outputs.artifacts.b}}")))},
    };

    private Additions() {}
}
