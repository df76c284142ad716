package dev.plumbline.registry.policy;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.manifest.CanonicalForm;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Recent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges renderings by one set of policies. It remembers what it said about an object in a namespace, so that an unchanged object
 * costs a look-up. Safe for many threads.
 */
public final class PolicyJudge {

    /** Most objects whose judgement is remembered; the one that was asked for longest ago is forgotten first. */
    public static final int MAX_REMEMBERED = 20_000;

    private static final String PREFIX = "policy-";
    private static final String POLICY_FILE = "/" + PolicyFolder.POLICY_FILE;

    private final PolicySet policies;
    private final Recent<Question, List<Decision>> remembered = new Recent<>(MAX_REMEMBERED);

    /** Judges by these policies. */
    public PolicyJudge(PolicySet policies) {
        this.policies = policies;
    }

    /** Whether a finding says that a policy refuses an object. */
    public static boolean isDenial(Finding finding) {
        return finding.isError()
                && finding.rule().startsWith(PREFIX)
                && finding.message().startsWith(denial(finding.rule().substring(PREFIX.length())));
    }

    private static String denial(String policy) {
        return "policy '" + policy + "' denies it: ";
    }

    private record Question(Digest object, Digest namespace, Digest params) {}

    /**
     * What is wrong with the policies themselves, and what they have against the objects.
     *
     * @param rendered the whole rendering, whose Namespaces say where the objects live, and which may hold parameters
     */
    public List<Finding> judge(List<Manifest> rendered) {
        return judge(rendered, rendered);
    }

    /**
     * The same about some of the objects that are there.
     *
     * @param objects what is judged
     * @param there everything that is there with them
     */
    public List<Finding> judge(List<Manifest> objects, List<Manifest> there) {
        List<Finding> findings = new ArrayList<>(policies.findings());
        if (policies.isEmpty()) {
            return findings;
        }
        List<Manifest> around = new ArrayList<>(policies.others());
        around.addAll(there);
        Surroundings surroundings = new Surroundings(around);
        Digest params = policies.paramsDigest(surroundings);
        Map<String, Digest> namespaces = new LinkedHashMap<>();
        for (Manifest object : objects) {
            Admission request = Admission.create(object.content());
            Digest namespace = namespaces.computeIfAbsent(
                    request.namespace(), name -> CanonicalForm.digest(surroundings.namespace(name)));
            Question question = new Question(object.digest(), namespace, params);
            for (Decision decision : ask(question, request, surroundings)) {
                findings.add(finding(object, decision));
            }
        }
        return findings;
    }

    private List<Decision> ask(Question question, Admission request, Surroundings surroundings) {
        List<Decision> known = remembered.get(question);
        if (known == null) {
            known = policies.decide(request, surroundings);
            remembered.put(question, known);
        }
        return known;
    }

    private Finding finding(Manifest object, Decision decision) {
        Severity severity = decision.denies()
                ? Severity.ERROR
                : decision.actions().contains(Decision.Action.WARN) ? Severity.WARNING : Severity.ADVICE;
        String file = policies.file(decision.policy());
        String readme = file.endsWith(POLICY_FILE)
                ? "see " + file.substring(0, file.length() - POLICY_FILE.length()) + "/README.md"
                : "see " + file;
        return new Finding(
                PREFIX + decision.policy(),
                severity,
                object.origin().resource(),
                object.key(),
                (severity == Severity.ERROR ? denial(decision.policy()) : "policy '" + decision.policy() + "' says: ")
                        + decision.message(),
                readme);
    }
}
