package dev.plumbline.tests.differential;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlParser;
import dev.plumbline.tests.golden.Kustomize;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What both tools made of one case.
 *
 * @param agreement whether and how they differ
 * @param signature what is the same for all cases with this fault, roughly
 * @param detail for people
 */
record Outcome(Agreement agreement, String signature, String detail) {

    /** How two results compare. */
    enum Agreement {
        SAME_OBJECTS,
        BOTH_REFUSE,
        KNOWN_DIFFERENCE,
        OTHER_OBJECTS,
        ONLY_WE_REFUSE,
        ONLY_KUSTOMIZE_REFUSES
    }

    /** Whether somebody has to look at it. */
    boolean fault() {
        return agreement.compareTo(Agreement.KNOWN_DIFFERENCE) > 0;
    }

    static Outcome of(Kustomize.Result theirs, Rendering ours, Case given) {
        List<Finding> errors = ours.findings().stream().filter(Finding::isError).toList();
        String said = errors.stream().map(Finding::toString).collect(Collectors.joining("\n"));
        String rules = errors.stream().map(Finding::rule).distinct().sorted().collect(Collectors.joining(" "));
        if (theirs.exit() != 0) {
            return ours.broken()
                    ? new Outcome(Agreement.BOTH_REFUSE, rules, said + "\n" + theirs.error())
                    : new Outcome(
                            KnownDifferences.dies(theirs.error())
                                    ? Agreement.KNOWN_DIFFERENCE
                                    : Agreement.ONLY_KUSTOMIZE_REFUSES,
                            reason(theirs.error()),
                            theirs.error());
        }
        if (ours.broken()) {
            return new Outcome(
                    KnownDifferences.refusedOnPurpose(errors, theirs.output(), given)
                            ? Agreement.KNOWN_DIFFERENCE
                            : Agreement.ONLY_WE_REFUSE,
                    rules,
                    said);
        }
        YamlDocuments expected = YamlParser.parse("kustomize", theirs.output().getBytes(StandardCharsets.UTF_8));
        List<String> wanted = expected.documents().stream()
                .map(node -> Json.pretty(node.value()))
                .toList();
        List<String> found =
                ours.objects().stream().map(Manifest::content).map(Json::pretty).toList();
        if (wanted.equals(found)) {
            return new Outcome(Agreement.SAME_OBJECTS, "", "");
        }
        return differing(wanted, found, expected);
    }

    private static Outcome differing(List<String> wanted, List<String> found, YamlDocuments expected) {
        StringBuilder detail = new StringBuilder();
        expected.findings().forEach(finding -> detail.append(finding).append('\n'));
        String signature = wanted.size() == found.size() ? "content" : "count " + wanted.size() + " " + found.size();
        for (int i = 0; i < Math.max(wanted.size(), found.size()); i++) {
            String theirs = i < wanted.size() ? wanted.get(i) : "nothing";
            String ours = i < found.size() ? found.get(i) : "nothing";
            if (!theirs.equals(ours)) {
                detail.append("object ").append(i).append('\n').append(Lines.difference(theirs, ours));
                signature = wanted.size() == found.size() ? Lines.differingField(theirs, ours) : signature;
                break;
            }
        }
        return new Outcome(Agreement.OTHER_OBJECTS, signature, detail.toString());
    }

    /** The end of kustomize's message without names and numbers. */
    private static String reason(String error) {
        String last = error.strip().replaceAll("(?m)^# Warning.*\n?", "").replaceAll("(?s)\\n.*", "");
        String plain = last.replaceAll("'[^']*'|\"[^\"]*\"|\\[[^\\]]*\\]|/tmp/\\S*|[0-9]+", "_");
        return plain.length() > 160 ? plain.substring(plain.length() - 160) : plain;
    }
}
