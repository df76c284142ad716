package dev.plumbline.controller.app.install;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.app.install.InstallOptions.Component;
import dev.plumbline.registry.file.FolderSnapshot;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationTest {

    private static final Path DEPLOY = Path.of("../controller/deploy");

    @Test
    void theProgramCarriesEveryFileOfTheFolder() throws IOException {
        try (Stream<Path> walk = Files.walk(DEPLOY)) {
            Set<String> files = walk.filter(Files::isRegularFile)
                    .map(file -> DEPLOY.relativize(file).toString())
                    .filter(file -> !file.endsWith(".md"))
                    .collect(Collectors.toSet());
            assertEquals(files, Set.copyOf(DeployFiles.PATHS));
        }
        for (Map.Entry<String, byte[]> file : DeployFiles.read().entrySet()) {
            assertArrayEquals(Files.readAllBytes(DEPLOY.resolve(file.getKey())), file.getValue(), file.getKey());
        }
    }

    @Test
    void withoutOptionsItIsWhatTheFolderRendersTo() throws Exception {
        Rendering rendering = new Renderer(0).render(FolderSnapshot.of(DEPLOY), "");
        assertEquals(List.of(), rendering.findings());
        assertEquals(
                rendering.objects().stream().map(Manifest::content).toList(),
                Installation.render(InstallOptions.standard()).stream()
                        .map(Manifest::content)
                        .toList());
    }

    @Test
    void everyObjectIsLabelledAndOfAKindThatUninstallLooksFor() throws Exception {
        Set<String> kinds = new HashSet<>();
        for (Manifest object : Installation.render(
                new InstallOptions("ml-ops", List.of("team-a"), "", EnumSet.allOf(Component.class), null))) {
            kinds.add(object.key().group() + "/" + object.key().kind());
            Map<String, @Nullable Object> labels = Tree.map(object.content(), "metadata", "labels");
            assertEquals(
                    "plumbline",
                    labels.get("app.kubernetes.io/name"),
                    object.key().toString());
            assertEquals(
                    "plumbline",
                    labels.get("app.kubernetes.io/part-of"),
                    object.key().toString());
        }
        kinds.add("/PersistentVolumeClaim"); // S3 needs none.
        assertEquals(kinds, Set.copyOf(InstalledKinds.all()));
    }

    @Test
    void anotherNamespaceReachesEveryReference() throws Exception {
        for (Manifest object :
                Installation.render(new InstallOptions("ml-ops", List.of("team-a"), "", Set.of(), null))) {
            assertTrue(
                    Set.of("", "ml-ops", "team-a").contains(object.key().namespace()),
                    object.key().toString());
            for (Map<String, @Nullable Object> subject : Tree.maps(object.content(), "subjects")) {
                Object wanted = switch (Tree.text(subject, "name")) {
                    case "plumbline-controller" -> "ml-ops";
                    case "plumbline-cli" -> object.key().namespace(); // One in each managed namespace.
                    default -> null; // A group has none.
                };
                assertEquals(wanted, subject.get("namespace"), object.key().toString());
            }
            if (object.key().kind().equals("Namespace")) {
                assertEquals("ml-ops", object.key().name());
            }
        }
    }

    /** Each of them has an account of the same name. */
    @Test
    void severalNamespacesAreManaged() throws Exception {
        List<String> accounts = Installation.render(
                        new InstallOptions(InstallOptions.NAMESPACE, List.of("team-a", "team-b"), "", Set.of(), null))
                .stream()
                .filter(object -> object.key().name().equals("plumbline-cli"))
                .filter(object -> object.key().kind().equals("RoleBinding"))
                .map(object -> object.key().namespace() + " "
                        + Tree.text(Tree.maps(object.content(), "subjects").getFirst(), "namespace"))
                .sorted()
                .toList();
        assertEquals(List.of("plumbline-system plumbline-system", "team-a team-a", "team-b team-b"), accounts);
    }

    @Test
    void theKeysOfASecretAreMountedWhereItIsThereAndForThePodsGroupOnly() throws Exception {
        Map<String, @Nullable Object> pod = Installation.render(InstallOptions.standard()).stream()
                .filter(object -> object.key().kind().equals("Deployment"))
                .map(object -> Tree.map(object.content(), "spec", "template", "spec"))
                .findFirst()
                .orElseThrow();
        Map<String, @Nullable Object> volume = Tree.maps(pod, "volumes").stream()
                .filter(each -> "keys".equals(each.get("name")))
                .findFirst()
                .orElseThrow();
        assertEquals(
                Map.of("secretName", "plumbline-keys", "optional", true, "defaultMode", 0440L),
                Tree.map(volume, "secret"));
        Map<String, @Nullable Object> container = Tree.maps(pod, "containers").getFirst();
        String folder = Tree.maps(container, "volumeMounts").stream()
                .filter(each -> "keys".equals(each.get("name")))
                .map(each -> Tree.text(each, "mountPath"))
                .findFirst()
                .orElseThrow();
        assertTrue(String.valueOf(container.get("args")).contains("--keys=" + folder), container.toString());
    }

    @Test
    void s3TakesTwoReplicasAndNoVolume() throws Exception {
        List<Manifest> objects = Installation.render(
                new InstallOptions(InstallOptions.NAMESPACE, List.of(), "", Set.of(Component.S3), null));
        assertTrue(objects.stream().noneMatch(object -> object.key().kind().equals("PersistentVolumeClaim")));
        Map<String, @Nullable Object> deployment = objects.stream()
                .filter(object -> object.key().kind().equals("Deployment"))
                .findFirst()
                .orElseThrow()
                .content();
        assertEquals(2L, Tree.at(deployment, "spec", "replicas"));
        assertEquals(Map.of(), Tree.map(deployment, "spec", "strategy"), "a rolling update");
        Map<String, @Nullable Object> pod = Tree.map(deployment, "spec", "template", "spec");
        assertEquals(
                List.of("cache", "keys", "tmp"),
                Tree.maps(pod, "volumes").stream()
                        .map(volume -> volume.get("name"))
                        .toList());
        Map<String, @Nullable Object> store =
                Tree.named("PLUMBLINE_STORE", Tree.maps(pod, "containers").getFirst(), "env");
        assertEquals(Set.of("name", "valueFrom"), store.keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "plumbline, plumbline:latest",
        "registry.example:5000/ml/plumbline, registry.example:5000/ml/plumbline:latest",
        "registry.example:5000/ml/plumbline:1.2, registry.example:5000/ml/plumbline:1.2",
        "plumbline@sha256:abc, plumbline@sha256:abc"
    })
    void anImageIsNamedAsPeopleNameIt(String given, String image) throws Exception {
        Map<String, @Nullable Object> deployment =
                Installation.render(new InstallOptions(InstallOptions.NAMESPACE, List.of(), given, Set.of(), null))
                        .stream()
                        .filter(object -> object.key().kind().equals("Deployment"))
                        .findFirst()
                        .orElseThrow()
                        .content();
        assertEquals(
                image,
                Tree.text(
                        Tree.maps(deployment, "spec", "template", "spec", "containers")
                                .getFirst(),
                        "image"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Team", "../etc", "a\nb", "-a", "team-a,team-b"})
    void aNameThatIsNoneIsRefused(String name) {
        InstallOptions options = new InstallOptions(InstallOptions.NAMESPACE, List.of(name), "", Set.of(), null);
        assertThrows(InstallException.class, () -> Installation.render(options));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "x\ny: z", "$(id)", ":1"})
    void anImageThatIsNoneIsRefused(String image) {
        InstallOptions options = new InstallOptions(InstallOptions.NAMESPACE, List.of(), image, Set.of(), null);
        assertThrows(InstallException.class, () -> Installation.render(options));
    }

    @ParameterizedTest
    @CsvSource({
        "http://mlflow.mlflow:5000, 5000",
        "http://mlflow.example, 80",
        "https://mlflow.example/base, 443",
        "https://mlflow.example:8443, 8443"
    })
    void theControllerIsToldOfMlflowAndLetOutToIt(String url, long port) throws Exception {
        List<Manifest> objects =
                Installation.render(new InstallOptions("ml-ops", List.of("team-a"), "", Set.of(), URI.create(url)));
        Map<String, @Nullable Object> container = Tree.maps(
                        named(objects, "Deployment"), "spec", "template", "spec", "containers")
                .getFirst();
        assertTrue(Tree.list(container, "args").contains("--mlflow=" + url), container.toString());
        assertTrue(Tree.list(container, "args").contains("--keys=/etc/plumbline/keys"), "the others stay");
        assertTrue(
                Tree.maps(named(objects, "NetworkPolicy"), "spec", "egress").stream()
                        .flatMap(rule -> Tree.maps(rule, "ports").stream())
                        .anyMatch(one -> Objects.equals(one.get("port"), port)),
                "port " + port);
    }

    private static Map<String, @Nullable Object> named(List<Manifest> objects, String kind) {
        return objects.stream()
                .filter(object ->
                        object.key().kind().equals(kind) && object.key().name().equals("plumbline-controller"))
                .map(Manifest::content)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://mlflow", "mlflow:5000", "http://ann:hunter2@mlflow", "/mlflow", "http:///path"})
    void anAddressOfMlflowThatIsNoneIsRefused(String url) {
        InstallOptions options = new InstallOptions(InstallOptions.NAMESPACE, List.of(), "", Set.of(), URI.create(url));
        InstallException refused = assertThrows(InstallException.class, () -> Installation.render(options));
        assertFalse(String.valueOf(refused.getMessage()).contains("hunter2"), "a password");
    }
}
