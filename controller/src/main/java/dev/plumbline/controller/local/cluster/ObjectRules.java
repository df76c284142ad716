package dev.plumbline.controller.local.cluster;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What every object must be, and what only the cluster writes in it. */
final class ObjectRules {

    /** Largest object, in bytes of JSON; the API server's own limit of a request. */
    static final int MAX_OBJECT = 3 * 1024 * 1024;

    private static final List<String> SERVER_FIELDS =
            List.of("uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation");

    private ObjectRules() {}

    /** The kind that content names. */
    static KindFacts kind(Map<String, @Nullable Object> content) throws ClusterException {
        String apiVersion = Tree.text(content, "apiVersion");
        String kind = Tree.text(content, "kind");
        if (apiVersion.isEmpty() || kind.isEmpty()) {
            throw invalid(null, "it has no apiVersion or no kind; write both");
        }
        KindFacts facts = KindFacts.of(ObjectKey.groupOf(apiVersion), kind, null);
        if (!facts.apiVersion().equals(apiVersion)) {
            throw new ClusterException(
                    ClusterException.Reason.UNSUPPORTED,
                    null,
                    "the embedded cluster does not serve " + kind + " as " + apiVersion + "; write "
                            + facts.apiVersion());
        }
        return facts;
    }

    /** The key of content of a known kind. */
    static ObjectKey key(KindFacts facts, Map<String, @Nullable Object> content, String name) throws ClusterException {
        String namespace = Tree.text(content, "metadata", "namespace");
        ObjectKey key = new ObjectKey(facts.group(), facts.kind(), namespace, name);
        if (facts.namespaced() == namespace.isEmpty()) {
            throw invalid(
                    key,
                    facts.namespaced()
                            ? "it has no metadata.namespace; write one"
                            : facts.kind() + " has no namespace; remove metadata.namespace");
        }
        if (name.isEmpty()) {
            throw invalid(key, "it has no metadata.name; write one");
        }
        String fault = Names.fault(facts.names(), name);
        if (fault != null) {
            throw invalid(key, fault);
        }
        return key;
    }

    /** A copy that nobody else can change, with numbers in their plain form; without empty server fields. */
    static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> content) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        content.forEach((key, value) -> copy.put(key, value(value)));
        return copy;
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> copy(Tree.cast(map));
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>(list.size());
                for (Object element : list) {
                    copy.add(value(element));
                }
                yield copy;
            }
            case Integer number -> number.longValue();
            case Float number -> number.doubleValue();
            case BigDecimal number -> number.doubleValue();
            case null, default -> value;
        };
    }

    /** Checks what is the same for all kinds. */
    static void check(ObjectKey key, Map<String, @Nullable Object> object) throws ClusterException {
        for (Map.Entry<String, @Nullable Object> label :
                Tree.map(object, "metadata", "labels").entrySet()) {
            String fault = Names.labelFault(label.getKey(), label.getValue());
            if (fault != null) {
                throw invalid(key, fault);
            }
        }
        for (Map.Entry<String, @Nullable Object> annotation :
                Tree.map(object, "metadata", "annotations").entrySet()) {
            String fault = annotation.getValue() instanceof String
                    ? Names.keyFault(annotation.getKey())
                    : "the value of the annotation " + annotation.getKey() + " must be a string";
            if (fault != null) {
                throw invalid(key, fault);
            }
        }
        for (Map<String, @Nullable Object> owner : Tree.maps(object, "metadata", "ownerReferences")) {
            for (String field : List.of("apiVersion", "kind", "name", "uid")) {
                if (Tree.text(owner, field).isEmpty()) {
                    throw invalid(key, "an owner reference has no " + field);
                }
            }
        }
        int size = Json.bytes(object).length;
        if (size > MAX_OBJECT) {
            throw invalid(key, "it has " + size + " bytes; at most " + MAX_OBJECT + " are allowed");
        }
    }

    /** Puts back what only the cluster writes, as it is in the live object. */
    static void keepServerFields(
            KindFacts facts, Map<String, @Nullable Object> live, Map<String, @Nullable Object> next) {
        Map<String, @Nullable Object> old = Tree.map(live, "metadata");
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(Tree.map(next, "metadata"));
        for (String field : SERVER_FIELDS) {
            metadata.remove(field);
            if (old.containsKey(field)) {
                metadata.put(field, old.get(field));
            }
        }
        metadata.put("resourceVersion", old.get("resourceVersion"));
        metadata.remove("selfLink");
        next.put("metadata", metadata);
        if (facts.status()) {
            next.remove("status");
            if (live.containsKey("status")) {
                next.put("status", live.get("status"));
            }
        }
    }

    /** Refuses a change of apiVersion, kind, namespace or name. */
    static void keepIdentity(ObjectKey key, Map<String, @Nullable Object> live, Map<String, @Nullable Object> next)
            throws ClusterException {
        for (List<String> path : List.of(
                List.of("apiVersion"),
                List.of("kind"),
                List.of("metadata", "namespace"),
                List.of("metadata", "name"))) {
            String[] at = path.toArray(new String[0]);
            if (!Objects.equals(Tree.at(live, at), Tree.at(next, at))) {
                throw invalid(key, String.join(".", path) + " cannot be changed; create another object");
            }
        }
    }

    /** Counts a change of what is not metadata. */
    static void countGeneration(
            KindFacts facts, Map<String, @Nullable Object> live, Map<String, @Nullable Object> next) {
        if (facts.generation() && !sameBody(facts, live, next)) {
            Object old = Tree.at(live, "metadata", "generation");
            Tree.set(next, old instanceof Long number ? number + 1 : 1L, "metadata", "generation");
        }
    }

    private static boolean sameBody(
            KindFacts facts, Map<String, @Nullable Object> left, Map<String, @Nullable Object> right) {
        return Objects.equals(body(facts, left), body(facts, right));
    }

    private static Map<String, @Nullable Object> body(KindFacts facts, Map<String, @Nullable Object> object) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>(object);
        body.remove("metadata");
        if (facts.status()) {
            body.remove("status");
        }
        return body;
    }

    /** A refusal of an object. */
    static ClusterException invalid(@Nullable ObjectKey key, String why) {
        return new ClusterException(
                ClusterException.Reason.INVALID,
                key,
                (key == null ? "the object" : key.toString()) + " is not valid, because " + why);
    }
}
