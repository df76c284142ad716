package dev.plumbline.controller.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.spec.PipelineRollback;
import dev.plumbline.controller.spec.PipelineSync;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The definitions in {@code controller/deploy/crds} are what the annotated types make, and the reader reads all of them. */
class DefinitionFilesTest {

    private static final Path FILES = Path.of("../controller/deploy/crds");

    @TempDir
    Path folder;

    @Test
    void theFilesAreCurrent() throws IOException {
        Map<String, String> generated = GeneratedDefinitions.files(folder);
        assertEquals(
                Set.of("pipelinesyncs.plumbline.dev.yaml", "pipelinerollbacks.plumbline.dev.yaml"), generated.keySet());
        for (Map.Entry<String, String> file : generated.entrySet()) {
            Path path = FILES.resolve(file.getKey());
            if (Boolean.getBoolean("plumbline.record")) {
                Files.writeString(path, file.getValue());
            }
            assertEquals(
                    file.getValue(), Files.readString(path), path + " is not current; its head says how to make it");
        }
    }

    @Test
    void theExamplesHoldEveryFieldOfTheSchemas() throws IOException {
        Set<String> written = new TreeSet<>();
        for (Map<String, @Nullable Object> example : Examples.good()) {
            paths(Tree.text(example, "kind") + " ", Tree.map(example, "spec"), written);
        }
        Set<String> declared = new TreeSet<>();
        for (String plural : List.of("pipelinesyncs", "pipelinerollbacks")) {
            Map<String, @Nullable Object> definition = definition(plural);
            declared(
                    Tree.text(definition, "spec", "names", "kind") + " ",
                    Tree.map(schema(definition), "properties", "spec"),
                    declared);
        }
        assertEquals(declared, written);
    }

    @Test
    void theReaderReadsEveryField() throws IOException {
        for (Map<String, @Nullable Object> example : Examples.good()) {
            Function<Map<String, @Nullable Object>, Object> reader = reader(example);
            Object whole = reader.apply(example);
            List<List<Object>> leaves = new ArrayList<>();
            leaves(Tree.map(example, "spec"), List.of("spec"), leaves);
            for (List<Object> leaf : leaves) {
                Map<String, @Nullable Object> without = Tree.copy(example);
                remove(without, leaf);
                assertNotEquals(
                        whole, reader.apply(without), () -> Tree.text(example, "metadata", "name") + " " + leaf);
            }
        }
    }

    @Test
    void theExamplesHaveNoProblem() throws IOException {
        for (Map<String, @Nullable Object> example : Examples.good()) {
            List<?> problems = Tree.text(example, "kind").equals(PipelineSync.KIND)
                    ? PipelineSync.read(example).problems()
                    : PipelineRollback.read(example).problems();
            assertEquals(List.of(), problems, Tree.text(example, "metadata", "name"));
        }
    }

    @Test
    void everyFieldIsDescribed() throws IOException {
        for (String plural : List.of("pipelinesyncs", "pipelinerollbacks")) {
            List<String> silent = new ArrayList<>();
            silent(plural, schema(definition(plural)), silent);
            assertEquals(List.of(plural + ".spec", plural + ".status"), silent);
        }
    }

    private static Function<Map<String, @Nullable Object>, Object> reader(Map<String, @Nullable Object> example) {
        if (Tree.text(example, "kind").equals(PipelineSync.KIND)) {
            return object -> PipelineSync.read(object).toString();
        }
        return object -> PipelineRollback.read(object).toString();
    }

    private static Map<String, @Nullable Object> definition(String plural) throws IOException {
        Path file = FILES.resolve(plural + ".plumbline.dev.yaml");
        return GeneratedDefinitions.read(file.toString(), Files.readAllBytes(file));
    }

    private static Map<String, @Nullable Object> schema(Map<String, @Nullable Object> definition) {
        return Tree.map(Tree.maps(definition, "spec", "versions").getFirst(), "schema", "openAPIV3Schema");
    }

    private static void declared(String path, Map<String, @Nullable Object> schema, Set<String> into) {
        Map<String, @Nullable Object> items = Tree.map(schema, "items");
        Map<String, @Nullable Object> properties = Tree.map(items.isEmpty() ? schema : items, "properties");
        assertTrue(!properties.isEmpty() || !"object".equals(schema.get("type")), path);
        properties.forEach((name, child) -> {
            into.add(path + name);
            declared(path + name + ".", Tree.cast((Map<?, ?>) child), into);
        });
    }

    private static void paths(String path, @Nullable Object value, Set<String> into) {
        if (value instanceof List<?> list) {
            list.forEach(element -> paths(path, element, into));
        } else if (value instanceof Map<?, ?> map) {
            Tree.cast(map).forEach((name, child) -> {
                into.add(path + name);
                paths(path + name + ".", child, into);
            });
        }
    }

    private static void leaves(@Nullable Object value, List<Object> path, List<List<Object>> into) {
        switch (value) {
            case Map<?, ?> map -> map.forEach((key, child) -> leaves(child, with(path, key), into));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    leaves(list.get(i), with(path, i), into);
                }
            }
            case null, default -> into.add(path);
        }
    }

    private static List<Object> with(List<Object> path, Object part) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(part);
        return longer;
    }

    private static void remove(Object tree, List<Object> path) {
        Object at = tree;
        for (Object part : path.subList(0, path.size() - 1)) {
            at = part instanceof Integer index ? ((List<?>) at).get(index) : ((Map<?, ?>) at).get(part);
        }
        if (path.getLast() instanceof Integer index) {
            ((List<?>) at).remove((int) index);
        } else {
            ((Map<?, ?>) at).remove(path.getLast());
        }
    }

    private static void silent(String path, Map<String, @Nullable Object> schema, List<String> into) {
        Map<String, @Nullable Object> items = Tree.map(schema, "items");
        Tree.map(items.isEmpty() ? schema : items, "properties").forEach((name, child) -> {
            Map<String, @Nullable Object> property = Tree.cast((Map<?, ?>) child);
            if (property.get("description") == null) {
                into.add(path + "." + name);
            }
            silent(path + "." + name, property, into);
        });
    }
}
