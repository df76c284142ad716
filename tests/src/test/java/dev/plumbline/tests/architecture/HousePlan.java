package dev.plumbline.tests.architecture;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plan of the house as data: which package may use which, and where each library lives. A new edge is one changed line
 * here, to be argued for in a decision. Packages that do not exist yet may stand in the plan; packages that are not in the
 * plan may not exist.
 */
final class HousePlan {

    /** What a package is for. */
    enum Kind {
        /** Names and values. */
        FOUNDATION,
        /** Interfaces to the outside. */
        DOOR,
        /** Functions of their arguments and of the read-only doors that they are handed. */
        ROOM,
        /** Writes what the rooms worked out. */
        EFFECT,
        /** Adapters, each the home of its libraries. */
        WALL,
        /** Walks the rooms in order. */
        CORRIDOR,
        /** Composes everything. */
        ROOF
    }

    /**
     * Kind, package (below dev.plumbline), and what it may use apart from itself. A plural kind stands for all packages of
     * that kind above the row; sub-packages belong to the package that is listed.
     */
    private static final String EDGES = """
        foundation | registry.model        |
        foundation | registry.finding      | registry.model
        foundation | registry.json         | registry.model registry.finding
        foundation | registry.yaml         | registry.model registry.finding registry.json
        foundation | registry.manifest     | registry.model registry.finding registry.json registry.yaml
        door       | registry.source       | foundations
        door       | registry.store        | foundations
        door       | registry.sign         | foundations
        door       | registry.models       | foundations
        door       | registry.artifacts    | foundations
        door       | registry.lineage      | foundations
        room       | registry.argo         | foundations
        room       | registry.schema       | foundations
        room       | registry.cel          | foundations
        room       | registry.render       | foundations registry.source registry.argo
        room       | registry.diff         | foundations
        room       | registry.promotion    | foundations
        room       | registry.blame        | foundations registry.source registry.diff registry.render
        room       | registry.validate     | foundations registry.argo registry.schema
        room       | registry.policy       | foundations registry.cel registry.schema
        room       | registry.version      | foundations registry.argo
        room       | registry.release      | foundations registry.source registry.argo registry.schema registry.render registry.blame registry.validate registry.policy registry.version
        room       | registry.lint         | foundations registry.source registry.argo registry.schema registry.render registry.validate registry.policy registry.release registry.version
        room       | registry.template     | foundations registry.argo registry.release
        room       | registry.history      | foundations registry.source registry.store registry.release
        room       | registry.run          | foundations registry.store registry.argo
        room       | registry.provenance   | foundations registry.source registry.store registry.models registry.sign registry.argo registry.render registry.blame registry.version registry.release registry.history registry.run
        room       | registry.evidence     | foundations registry.store registry.sign registry.history registry.run
        room       | registry.review       | foundations registry.source registry.argo registry.diff registry.render registry.policy registry.lint registry.template registry.provenance
        room       | registry.query        | foundations registry.source registry.store registry.models registry.release registry.template registry.history registry.run registry.provenance registry.evidence
        wall       | registry.git          | foundations registry.source
        wall       | registry.s3           | foundations registry.store registry.artifacts
        wall       | registry.file         | foundations registry.source registry.store registry.artifacts
        wall       | registry.memory       | foundations registry.store registry.artifacts
        wall       | registry.index        | foundations registry.store registry.source registry.run registry.evidence registry.query
        wall       | registry.mlflow       | foundations registry.models
        wall       | registry.oci          | foundations
        wall       | registry.keys         | foundations registry.sign
        wall       | registry.openlineage  | foundations registry.lineage
        wall       | registry.metrics      | foundations
        door       | controller.live       | foundations
        room       | controller.spec       | foundations registry.argo
        room       | controller.diff       | foundations controller.live
        room       | controller.inventory  | foundations registry.store controller.diff
        room       | controller.health     | foundations registry.argo controller.live registry.cel
        room       | controller.plan       | foundations registry.argo registry.version registry.release controller.live controller.spec controller.inventory controller.diff
        room       | controller.quarantine | foundations registry.store registry.release registry.history
        room       | controller.status     | foundations registry.release registry.history controller.spec controller.inventory controller.plan controller.health controller.quarantine
        door       | controller.apply      | foundations controller.live controller.inventory controller.plan controller.diff controller.health
        door       | controller.trigger    | foundations
        effect     | controller.informer   | foundations controller.live controller.apply
        effect     | controller.record     | foundations registry.source registry.store registry.models registry.sign registry.argo registry.version registry.release registry.history registry.run registry.provenance registry.evidence registry.lineage controller.live
        wall       | controller.argoserver | foundations controller.live
        wall       | controller.kube       | foundations controller.live controller.apply
        wall       | controller.local      | foundations registry.argo registry.store registry.artifacts controller.live controller.apply
        corridor   | controller.reconcile  | foundations doors rooms effects registry.metrics
        wall       | controller.web        | foundations doors rooms registry.metrics controller.reconcile
        roof       | controller.app        | foundations doors rooms effects walls corridors
        roof       | controller.cli        | foundations doors rooms effects walls corridors controller.app
        """;

    /** Packages of each library, and the one package of ours that may use it. */
    static final Map<String, String> LIBRARY_HOMES = homes(
            "org.eclipse.jgit", "registry.git",
            "org.apache.sshd", "registry.git",
            "org.bouncycastle", "registry.git",
            "org.yaml.snakeyaml", "registry.yaml",
            "com.fasterxml.jackson", "registry.json",
            "dev.cel", "registry.cel",
            "com.google.re2j", "registry.cel",
            "com.google.common", "registry.cel",
            "software.amazon.awssdk", "registry.s3",
            "java.sql", "registry.index",
            "io.micrometer", "registry.metrics",
            "io.fabric8", "controller.kube",
            "io.helidon", "controller.web",
            "picocli", "controller.cli");

    /** The only places where every exception may be caught: the reconcile worker, the HTTP handler, the program's entrance. */
    static final Set<String> CATCH_ALLS =
            Set.of("controller.reconcile", "controller.web", "controller.cli", "controller.app");

    /**
     * One package of the plan.
     *
     * @param name name below dev.plumbline
     * @param kind what it is for
     * @param uses names of the packages that it may use
     */
    record Part(String name, Kind kind, Set<String> uses) {}

    private final Map<String, Part> parts = new LinkedHashMap<>();

    private HousePlan() {
        EDGES.lines().filter(line -> !line.isBlank()).forEach(this::add);
    }

    /** The plan of this house. */
    static HousePlan read() {
        return new HousePlan();
    }

    /** All packages of the plan. */
    Collection<Part> parts() {
        return parts.values();
    }

    /** The package of the plan that a package belongs to; empty when it is not on the plan. */
    Optional<Part> owner(String name) {
        for (String prefix = name; !prefix.isEmpty(); prefix = parent(prefix)) {
            Part part = parts.get(prefix);
            if (part != null) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    private void add(String row) {
        String[] cells = row.split("\\|", -1);
        Kind kind = Kind.valueOf(cells[0].strip().toUpperCase(Locale.ROOT));
        String name = cells[1].strip();
        Set<String> uses = new LinkedHashSet<>();
        for (String word : List.of(cells[2].strip().split(" +"))) {
            if (!word.isEmpty()) {
                uses.addAll(expand(word, row));
            }
        }
        if (parts.put(name, new Part(name, kind, uses)) != null) {
            throw new IllegalStateException("two rows for " + name);
        }
    }

    /** A use must stand above its user, so the plan itself cannot hold a cycle. */
    private Set<String> expand(String word, String row) {
        if (parts.containsKey(word)) {
            return Set.of(word);
        }
        Set<String> group = new LinkedHashSet<>();
        for (Part part : parts.values()) {
            if ((part.kind().name() + "S").equalsIgnoreCase(word)) {
                group.add(part.name());
            }
        }
        if (group.isEmpty()) {
            throw new IllegalStateException("'" + word + "' does not stand above its user in the row: " + row);
        }
        return group;
    }

    private static String parent(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    private static Map<String, String> homes(String... pairs) {
        Map<String, String> homes = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            homes.put(pairs[i], pairs[i + 1]);
        }
        return homes;
    }
}
