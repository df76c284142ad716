package dev.plumbline.tests.operator;

import dev.plumbline.controller.kube.KubeCalls;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.yaml.YamlParser;
import io.fabric8.kubernetes.client.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Somebody with an account of the desk's namespace, and the rights of roles as they are installed. */
final class Person {

    /** Who the API server is, as its tokens say. */
    static final String API_SERVER = "https://kubernetes.default.svc";

    private static final Path PEOPLE = Path.of("../controller/deploy/people.yaml");

    private final OperatorDesk desk;
    private final String name;

    private Person(OperatorDesk desk, String name) {
        this.desk = desk;
        this.name = name;
    }

    /** Makes an account and gives it these roles of {@code people.yaml} in the namespace. */
    static Person with(OperatorDesk desk, String name, String... roles) throws Exception {
        desk.apply("v1", "ServiceAccount", desk.namespace(), name, Map.of());
        for (String role : roles) {
            grant(desk, name, role, rules(role));
        }
        return new Person(desk, name);
    }

    /** Further rights. */
    Person and(String role, List<?> rules) throws Exception {
        grant(desk, name, role, rules);
        return this;
    }

    private static void grant(OperatorDesk desk, String account, String role, List<?> rules) throws Exception {
        String where = desk.namespace();
        String rbac = "rbac.authorization.k8s.io";
        desk.apply(rbac + "/v1", "Role", where, role, Map.of("rules", rules));
        desk.apply(
                rbac + "/v1",
                "RoleBinding",
                where,
                account + "-" + role,
                Map.of(
                        "roleRef",
                        Map.of("apiGroup", rbac, "kind", "Role", "name", role),
                        "subjects",
                        List.of(Map.of("kind", "ServiceAccount", "name", account, "namespace", where))));
    }

    private static List<?> rules(String role) throws Exception {
        return YamlParser.parse(PEOPLE.toString(), Files.readAllBytes(PEOPLE)).documents().stream()
                .map(document -> document.value())
                .filter(object -> Tree.text(object, "kind").endsWith("Role")
                        && Tree.text(object, "metadata", "name").equals(role))
                .map(object -> Tree.list(object, "rules"))
                .findFirst()
                .orElseThrow();
    }

    /** A token for somebody. */
    String token(String audience) throws Exception {
        KubeCalls calls = desk.cluster().calls();
        return calls.token(account(), audience, Duration.ofMinutes(10));
    }

    private ObjectKey account() {
        return new ObjectKey("", "ServiceAccount", desk.namespace(), name);
    }

    /** The name by which the API server knows them. */
    String user() {
        return "system:serviceaccount:" + desk.namespace() + ":" + name;
    }

    /** A kubeconfig with a token; its context has the person's name. */
    Path kubeconfig() throws Exception {
        Config admin = Config.fromKubeconfig(desk.kubeconfig().toFile());
        Path file = desk.repository().folder().resolveSibling(name + ".kubeconfig");
        Files.writeString(file, """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "%s", certificate-authority-data: "%s"}}]
            users: [{name: u, user: {token: "%s"}}]
            contexts: [{name: %s, context: {cluster: c, user: u, namespace: %s}}]
            current-context: %s
            """.formatted(
                        admin.getMasterUrl(), authority(admin), token(API_SERVER), name, desk.namespace(), name));
        return file;
    }

    private static @Nullable String authority(Config admin) throws Exception {
        return admin.getCaCertData() != null
                ? admin.getCaCertData()
                : java.util.Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(admin.getCaCertFile())));
    }

    /** Acts as them. */
    KubeCluster cluster() {
        return desk.cluster().as(user());
    }
}
