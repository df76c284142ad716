package dev.plumbline.controller.crd;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.yaml.YamlParser;
import dev.plumbline.registry.yaml.YamlWriter;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.model.annotation.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The definitions as the annotated types of this package make them. */
final class GeneratedDefinitions {

    private static final String HEAD = """
        # Generated from the annotated types in controller/src/test/java/dev/plumbline/controller/crd. After changing them:
        # ./mvnw -pl registry,controller package -Dtest=DefinitionFilesTest -Dsurefire.failIfNoSpecifiedTests=false -Dplumbline.record=true
        """;

    private static final List<Class<? extends HasMetadata>> CLASSES =
            List.of(PipelineSyncDefinition.class, PipelineRollbackDefinition.class);

    private GeneratedDefinitions() {}

    /** Their contents by file name. */
    static Map<String, String> files(Path folder) throws IOException {
        new CRDGenerator()
                .customResourceClasses(CLASSES)
                .inOutputDir(folder.toFile())
                .generate();
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> written = Files.list(folder)) {
            for (Path file : written.sorted().toList()) {
                Map<String, @Nullable Object> definition = Tree.copy(read(file.toString(), Files.readAllBytes(file)));
                orderColumns(definition);
                files.put(
                        Tree.text(definition, "metadata", "name") + ".yaml", HEAD + YamlWriter.write(tidy(definition)));
            }
        }
        return files;
    }

    /** The one document of a file. */
    static Map<String, @Nullable Object> read(String name, byte[] bytes) {
        return Tree.cast((Map<?, ?>) Objects.requireNonNull(
                YamlParser.parse(name, bytes).documents().getFirst().value()));
    }

    /** Columns stand in the order of the annotations, which is that in which people read them; the generator sorts them. */
    private static void orderColumns(Map<String, @Nullable Object> definition) {
        List<String> names = CLASSES.stream()
                .filter(type ->
                        type.getAnnotation(Kind.class).value().equals(Tree.text(definition, "spec", "names", "kind")))
                .flatMap(type -> Arrays.stream(type.getAnnotationsByType(AdditionalPrinterColumn.class)))
                .map(AdditionalPrinterColumn::name)
                .toList();
        for (Map<String, @Nullable Object> version : Tree.maps(definition, "spec", "versions")) {
            List<Map<String, @Nullable Object>> columns =
                    new ArrayList<>(Tree.maps(version, "additionalPrinterColumns"));
            columns.sort(Comparator.comparingInt(column -> names.indexOf(Tree.text(column, "name"))));
            version.put("additionalPrinterColumns", columns);
        }
    }

    /** The generator writes whole numbers as 1.0, and knows no keys of lists. */
    private static @Nullable Object tidy(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> tidied = new LinkedHashMap<>();
                Tree.cast(map).forEach((key, child) -> tidied.put(key, tidy(child)));
                if (tidied.get("conditions") instanceof Map<?, ?> conditions && conditions.containsKey("items")) {
                    Tree.cast(conditions).put("x-kubernetes-list-type", "map");
                    Tree.cast(conditions).put("x-kubernetes-list-map-keys", List.of("type"));
                }
                yield tidied;
            }
            case List<?> list -> list.stream().map(GeneratedDefinitions::tidy).toList();
            case Double number when number == Math.rint(number) -> number.longValue();
            case null, default -> value;
        };
    }
}
