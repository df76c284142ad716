package dev.plumbline.tests.lint;

import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.argo.References;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.validate.Group;
import dev.plumbline.registry.validate.Rules;
import dev.plumbline.registry.validate.Validator;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlParser;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts on what Argo and we agree, and lists on what we do not. */
final class Comparison {

    /** Who was right about an object. */
    enum Outcome {
        BOTH_ACCEPT,
        BOTH_REFUSE,
        /** We alone, for a reason that is no concern of Argo's validation. */
        ONLY_WE_REFUSE,
        /** Argo refuses, we do not: there must be none that is not listed as known. */
        MISSED,
        /** We say that Argo refuses, and it does not: there must be none. */
        WRONG
    }

    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final List<String> disagreements = new ArrayList<>();
    private int decoded;
    private int accepted;
    private int objects;

    /** Compares the verdicts on the objects of one file; {@code what} says where the file is from. */
    void add(String what, byte[] file, List<ArgoOracle.Verdict> verdicts) {
        List<Manifest> manifests = manifests(file);
        List<Finding> findings = Validator.lint(manifests);
        Map<ObjectKey, Set<ObjectKey>> reach = reach(manifests);
        for (ArgoOracle.Verdict verdict : verdicts) {
            objects++;
            decoded += verdict.decode().isEmpty() ? 1 : 0;
            accepted += verdict.refused() ? 0 : 1;
            judge(what, verdict, findings, reach);
        }
    }

    private void judge(
            String what, ArgoOracle.Verdict verdict, List<Finding> findings, Map<ObjectKey, Set<ObjectKey>> reach) {
        List<Finding> own = findings.stream()
                .filter(finding -> finding.isError() && isAbout(finding.object(), verdict))
                // Whether an object may be applied by a sync is no question of Argo's.
                .filter(finding -> group(finding) != Group.PLUMBLINE)
                .toList();
        List<Finding> byArgo =
                own.stream().filter(finding -> group(finding) == Group.ARGO).toList();
        if (verdict.refused()) {
            boolean seen = own.stream().anyMatch(finding -> group(finding) != Group.UNCHECKED)
                    || reaches(verdict, findings, reach);
            count(seen ? Outcome.BOTH_REFUSE : Outcome.MISSED);
            if (!seen) {
                disagreements.add("MISSED " + what + " " + verdict);
            }
        } else if (!byArgo.stream().allMatch(Disagreements::isKnown)) {
            count(Outcome.WRONG);
            disagreements.add("WRONG " + what + " " + verdict.kind() + " " + verdict.name() + " " + byArgo);
        } else if (!own.isEmpty()) {
            count(Outcome.ONLY_WE_REFUSE);
            own.forEach(finding -> reasons.merge(
                    (Disagreements.isKnown(finding)
                                    ? Disagreements.reason(finding)
                                    : group(finding).name()) + " " + finding.rule(),
                    1,
                    Integer::sum));
        } else {
            count(Outcome.BOTH_ACCEPT);
        }
    }

    private static Group group(Finding finding) {
        return Rules.find(finding.rule()).orElseThrow().group();
    }

    private static boolean reaches(
            ArgoOracle.Verdict verdict, List<Finding> findings, Map<ObjectKey, Set<ObjectKey>> reach) {
        Set<ObjectKey> all = reach.entrySet().stream()
                .filter(entry -> isAbout(entry.getKey(), verdict))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(Set.of());
        return findings.stream()
                .anyMatch(finding -> finding.severity() == Severity.ERROR
                        && group(finding) == Group.ARGO
                        && finding.object() != null
                        && all.contains(named(finding.object())));
    }

    /** The key that references use: an object without a namespace of its own keeps none, whatever it says. */
    private static ObjectKey named(ObjectKey key) {
        return key.kind().startsWith("Cluster") ? new ObjectKey(key.group(), key.kind(), "", key.name()) : key;
    }

    private static boolean isAbout(@Nullable ObjectKey key, ArgoOracle.Verdict verdict) {
        return key != null
                && key.kind().equals(verdict.kind())
                && key.namespace().equals(verdict.namespace())
                && (key.name().isEmpty() || key.name().equals(verdict.name()));
    }

    /** The template objects that each object leads to, whose problems Argo finds again in it. */
    private static Map<ObjectKey, Set<ObjectKey>> reach(List<Manifest> manifests) {
        Map<ObjectKey, Set<ObjectKey>> direct = new HashMap<>();
        manifests.forEach(manifest -> direct.put(
                manifest.key(),
                new LinkedHashSet<>(References.of(manifest.content()).stream()
                        .map(Reference::target)
                        .toList())));
        Map<ObjectKey, Set<ObjectKey>> all = new HashMap<>();
        direct.keySet().forEach(start -> {
            Set<ObjectKey> seen = new LinkedHashSet<>();
            List<ObjectKey> open = new ArrayList<>(direct.getOrDefault(start, Set.of()));
            while (!open.isEmpty()) {
                ObjectKey next = open.removeLast();
                if (seen.add(next)) {
                    open.addAll(direct.getOrDefault(next, Set.of()));
                }
            }
            all.put(start, seen);
        });
        return all;
    }

    static List<Manifest> manifests(byte[] file) {
        YamlDocuments documents = YamlParser.parse("case.yaml", file);
        return documents.documents().stream()
                .filter(YamlMap.class::isInstance)
                .map(document -> Manifest.of((YamlMap) document, Origin.of(document.location())))
                .toList();
    }

    private void count(Outcome outcome) {
        counts.merge(outcome, 1, Integer::sum);
    }

    List<String> disagreements() {
        return disagreements;
    }

    int objects() {
        return objects;
    }

    /** Share of the objects that Argo's decoder takes. */
    double decodedShare() {
        return (double) decoded / objects;
    }

    /** Share of the objects that Argo accepts. */
    double acceptedShare() {
        return (double) accepted / objects;
    }

    @Override
    public String toString() {
        return objects + " objects, " + decoded + " decoded, " + accepted + " accepted by Argo; " + counts
                + "; only we refuse: " + reasons;
    }
}
