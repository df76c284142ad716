package dev.plumbline.tests.operator;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.yaml.YamlParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rights of accounts in their namespace. */
public final class Roles {

    private static final Path PEOPLE = Path.of("../controller/deploy/people.yaml");
    private static final String RBAC = "rbac.authorization.k8s.io";

    private Roles() {}

    /** Gives an account a role as it is installed, of {@code people.yaml}. */
    public static void grant(KubeCluster cluster, String namespace, String account, String role) throws Exception {
        grant(cluster, namespace, account, role, rules(role));
    }

    /** Gives an account a role of these rules. */
    static void grant(KubeCluster cluster, String namespace, String account, String role, List<?> rules)
            throws Exception {
        apply(cluster, "Role", namespace, role, Map.of("rules", rules));
        apply(
                cluster,
                "RoleBinding",
                namespace,
                account + "-" + role,
                Map.of(
                        "roleRef",
                        Map.of("apiGroup", RBAC, "kind", "Role", "name", role),
                        "subjects",
                        List.of(Map.of("kind", "ServiceAccount", "name", account, "namespace", namespace))));
    }

    private static void apply(KubeCluster cluster, String kind, String namespace, String name, Map<String, ?> content)
            throws Exception {
        Map<String, @Nullable Object> object = new LinkedHashMap<>(content);
        object.put("apiVersion", RBAC + "/v1");
        object.put("kind", kind);
        Tree.set(object, name, "metadata", "name");
        Tree.set(object, namespace, "metadata", "namespace");
        cluster.apply(object, "tests", true, false);
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
}
