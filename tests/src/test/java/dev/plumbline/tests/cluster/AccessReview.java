package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the API server's own authorizer what a user may do. */
final class AccessReview {

    private final KubeCluster cluster;

    AccessReview(KubeCluster cluster) {
        this.cluster = cluster;
    }

    void assertAllowed(String user, String verb, String group, String resource, String namespace) throws Exception {
        assertTrue(
                allowed(user, verb, group, resource, namespace), user + " must be allowed: " + verb + " " + resource);
    }

    void assertDenied(String user, String verb, String group, String resource, String namespace) throws Exception {
        assertFalse(
                allowed(user, verb, group, resource, namespace), user + " must be denied: " + verb + " " + resource);
    }

    /** What the API server's own authorizer says; a resource is {@code resource/subresource}, of leases and ConfigMaps {@code leases/name}. */
    boolean allowed(String user, String verb, String group, String resource, String namespace) throws Exception {
        String[] parts = resource.split("/", -1);
        Map<String, @Nullable Object> review = Json.parseObject("""
            {"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview"}\
            """);
        Tree.set(review, user, "spec", "user");
        Tree.set(review, verb, "spec", "resourceAttributes", "verb");
        Tree.set(review, group, "spec", "resourceAttributes", "group");
        Tree.set(review, parts[0], "spec", "resourceAttributes", "resource");
        Tree.set(review, namespace, "spec", "resourceAttributes", "namespace");
        if (parts.length > 1) {
            boolean named = List.of("leases", "configmaps").contains(parts[0]);
            Tree.set(review, parts[1], "spec", "resourceAttributes", named ? "name" : "subresource");
        }
        return Boolean.TRUE.equals(Tree.at(cluster.create(review, "tests"), "status", "allowed"));
    }
}
