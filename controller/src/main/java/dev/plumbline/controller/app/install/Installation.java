package dev.plumbline.controller.app.install;

import dev.plumbline.controller.app.install.InstallOptions.Component;
import dev.plumbline.registry.file.FolderSnapshot;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an installation consists of: an overlay over {@code controller/deploy}, rendered as kustomize does. */
public final class Installation {

    private static final String BASE = "deploy";
    private static final String OVERLAY = "overlay";
    private static final String CONTROLLER = "plumbline-controller";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** The account with which people ask about a namespace: one in each, written with its name. */
    private static final String ACCOUNT = "account.yaml";

    private Installation() {}

    /**
     * The objects, in the order in which they are applied.
     *
     * @throws InstallException when an option cannot be followed
     */
    public static List<Manifest> render(InstallOptions options) throws InstallException {
        options.check();
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            for (Map.Entry<String, byte[]> file : DeployFiles.read().entrySet()) {
                write(folder.path().resolve(BASE).resolve(file.getKey()), file.getValue());
            }
            overlay(folder.path(), options);
            Rendering rendering = new Renderer(0).render(FolderSnapshot.of(folder.path()), OVERLAY);
            if (rendering.broken()) {
                throw new IllegalStateException("controller/deploy does not render: "
                        + rendering.findings().stream().map(Finding::toString).collect(Collectors.joining("; ")));
            }
            return rendering.objects();
        } catch (IOException | SourceException e) {
            throw new InstallException("rendering the installation in a temporary folder failed, because "
                    + e.getMessage() + "; name another folder with -Djava.io.tmpdir");
        }
    }

    /** Goes with everything in it. */
    private record TemporaryFolder(Path path) implements AutoCloseable {

        static TemporaryFolder create() throws IOException {
            return new TemporaryFolder(Files.createTempDirectory("plumbline-install-"));
        }

        @Override
        public void close() throws IOException {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void overlay(Path folder, InstallOptions options) throws IOException {
        List<Object> resources = new ArrayList<>(List.of("system"));
        for (String namespace : options.managed()) {
            resources.add("managed/" + namespace);
            Path own = folder.resolve(OVERLAY).resolve("managed").resolve(namespace);
            kustomization(own, managed(namespace, options.namespace()));
            String account = Files.readString(folder.resolve(BASE).resolve(ACCOUNT));
            write(
                    own.resolve(ACCOUNT),
                    account.replace(InstallOptions.NAMESPACE, namespace).getBytes(StandardCharsets.UTF_8));
        }
        kustomization(folder.resolve(OVERLAY), Map.of("resources", resources));
        kustomization(folder.resolve(OVERLAY).resolve("system"), system(options));
    }

    private static Map<String, Object> system(InstallOptions options) {
        Map<String, Object> system = new LinkedHashMap<>();
        system.put("namespace", options.namespace());
        system.put("resources", List.of("../../deploy"));
        system.put(
                "components",
                options.components().stream()
                        .sorted()
                        .map(component -> "../../deploy/components/" + component)
                        .toList());
        if (!options.image().isEmpty()) {
            system.put("images", List.of(image(options.image())));
        }
        List<Object> patches = new ArrayList<>();
        if (!options.managed().isEmpty() && !options.components().contains(Component.CLUSTER_WIDE)) {
            String all = options.namespace() + "," + String.join(",", options.managed());
            patches.add(environment("PLUMBLINE_NAMESPACES", all));
        }
        if (options.mlflow() != null) {
            patches.addAll(mlflow(options.mlflow()));
        }
        if (!patches.isEmpty()) {
            system.put("patches", patches);
        }
        return system;
    }

    /** The controller is told of MLflow, and let out to its port. */
    private static List<Object> mlflow(URI url) {
        int port = url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? HTTPS : HTTP;
        return List.of(
                added("Deployment", "/spec/template/spec/containers/0/args/-", "--mlflow=" + url),
                added("NetworkPolicy", "/spec/egress/-", Map.of("ports", List.of(Map.of("port", port)))));
    }

    private static Map<String, Object> added(String kind, String path, Object value) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("op", "add");
        step.put("path", path);
        step.put("value", value);
        return Map.of(
                "target", Map.of("kind", kind, "name", CONTROLLER), "patch", YamlWriter.write(List.of((Object) step)));
    }

    /** A strategic patch of one variable of the controller. */
    private static Map<String, Object> environment(String name, String value) {
        Map<String, @Nullable Object> container = new LinkedHashMap<>();
        container.put("name", "controller");
        container.put("env", List.of(Map.of("name", name, "value", value)));
        Map<String, Object> patch = new LinkedHashMap<>();
        patch.put("apiVersion", "apps/v1");
        patch.put("kind", "Deployment");
        patch.put("metadata", Map.of("name", CONTROLLER));
        patch.put("spec", Map.of("template", Map.of("spec", Map.of("containers", List.of(container)))));
        return Map.of("target", Map.of("kind", "Deployment", "name", CONTROLLER), "patch", YamlWriter.write(patch));
    }

    private static Map<String, Object> managed(String namespace, String system) {
        Map<String, Object> managed = new LinkedHashMap<>();
        managed.put("namespace", namespace);
        managed.put("resources", List.of("../../../deploy/namespace", ACCOUNT));
        Map<String, Object> labels = new LinkedHashMap<>();
        labels.put("app.kubernetes.io/name", "plumbline");
        labels.put("app.kubernetes.io/part-of", "plumbline");
        managed.put("labels", List.of(Map.of("pairs", labels)));
        List<Object> operations = List.of(Map.of("op", "replace", "path", "/subjects/0/namespace", "value", system));
        managed.put(
                "patches",
                List.of(Map.of(
                        "target",
                        Map.of("kind", "RoleBinding", "name", CONTROLLER),
                        "patch",
                        YamlWriter.write(operations))));
        return managed;
    }

    /** An image's name apart from its digest or tag. */
    private static Map<String, String> image(String image) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", "plumbline");
        int digest = image.indexOf('@');
        int tag = image.indexOf(':', image.lastIndexOf('/') + 1);
        if (digest >= 0) {
            fields.put("newName", image.substring(0, digest));
            fields.put("digest", image.substring(digest + 1));
        } else if (tag >= 0) {
            fields.put("newName", image.substring(0, tag));
            fields.put("newTag", image.substring(tag + 1));
        } else {
            fields.put("newName", image);
            fields.put("newTag", "latest");
        }
        return fields;
    }

    private static void kustomization(Path folder, Map<String, Object> fields) throws IOException {
        Map<String, Object> kustomization = new LinkedHashMap<>();
        kustomization.put("apiVersion", "kustomize.config.k8s.io/v1beta1");
        kustomization.put("kind", "Kustomization");
        kustomization.putAll(fields);
        write(
                folder.resolve("kustomization.yaml"),
                YamlWriter.write(kustomization).getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }
}
