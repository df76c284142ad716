package dev.plumbline.tests.golden;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Puts what warnings say into files, as a person would who reads them. */
final class Mending {

    private static final String HOLDS = " that holds {";

    private final List<String> configurations = new ArrayList<>();
    private Map<String, Object> openApi = Map.of();
    private boolean complete;

    private Mending() {}

    static Mending of(List<Finding> warnings) throws JsonException {
        Mending mending = new Mending();
        mending.complete = !warnings.isEmpty();
        for (Finding warning : warnings) {
            int at = warning.fix().indexOf(HOLDS);
            if (at < 0) {
                mending.complete = false;
                continue;
            }
            String file = braces(warning.fix().substring(at + HOLDS.length() - 1));
            if (warning.rule().equals("render-argo-patch")) {
                mending.openApi = merged(mending.openApi, Tree.cast(Json.parseObject(file)));
            } else {
                mending.configurations.add(file);
            }
        }
        return mending;
    }

    private static String braces(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return text.substring(0, i + 1);
            }
        }
        throw new AssertionError("braces do not match: " + text);
    }

    private static Map<String, Object> merged(Map<String, Object> one, Map<String, Object> other) {
        Map<String, Object> merged = new LinkedHashMap<>(one);
        other.forEach((key, value) -> merged.merge(
                key,
                value,
                (a, b) ->
                        a instanceof Map<?, ?> x && b instanceof Map<?, ?> y ? merged(Tree.cast(x), Tree.cast(y)) : b));
        return merged;
    }

    /** Whether every warning comes with a file. */
    boolean complete() {
        return complete;
    }

    /** Copies a repository with the files added to one of its kustomizations. */
    void copy(Path from, Path to, String entry) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
        Path folder = to.resolve(entry);
        StringBuilder more = new StringBuilder();
        if (!configurations.isEmpty()) {
            more.append("configurations:\n");
            for (int i = 0; i < configurations.size(); i++) {
                Files.writeString(folder.resolve("mended-" + i + ".yaml"), configurations.get(i));
                more.append("- mended-").append(i).append(".yaml\n");
            }
        }
        if (!openApi.isEmpty()) {
            Files.writeString(folder.resolve("mended.json"), Json.pretty(openApi));
            more.append("openapi: {path: mended.json}\n");
        }
        Files.writeString(folder.resolve("kustomization.yaml"), more, StandardOpenOption.APPEND);
    }
}
