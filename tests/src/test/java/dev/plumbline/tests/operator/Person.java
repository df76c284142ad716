package dev.plumbline.tests.operator;

import dev.plumbline.controller.kube.KubeCalls;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.registry.model.ObjectKey;
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
            Roles.grant(desk.cluster(), desk.namespace(), name, role);
        }
        return new Person(desk, name);
    }

    /** Further rights. */
    Person and(String role, List<?> rules) throws Exception {
        Roles.grant(desk.cluster(), desk.namespace(), name, role, rules);
        return this;
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
