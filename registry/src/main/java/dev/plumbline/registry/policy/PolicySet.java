package dev.plumbline.registry.policy;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.CanonicalForm;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.schema.Schemas;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Policies with their bindings and parameters, compiled once. Immutable and safe for many threads. */
public final class PolicySet {

    /** No policies. */
    public static final PolicySet NONE = of(List.of());

    /** Kind of a policy. */
    public static final String POLICY = "ValidatingAdmissionPolicy";

    /** Kind of a binding. */
    public static final String BINDING = "ValidatingAdmissionPolicyBinding";

    private static final String GROUP = "admissionregistration.k8s.io";

    private final Map<String, Policy> policies;
    private final List<Binding> bindings;
    private final List<Manifest> others;
    private final List<Finding> findings;

    private PolicySet(
            Map<String, Policy> policies, List<Binding> bindings, List<Manifest> others, List<Finding> findings) {
        this.policies = policies;
        this.bindings = List.copyOf(bindings);
        this.others = List.copyOf(others);
        this.findings = List.copyOf(findings);
    }

    /**
     * Policies of objects. What an API server would refuse in them is in {@link #findings}, and is not asked.
     *
     * @param objects policies, bindings, and the objects that bindings name as parameters
     */
    public static PolicySet of(Collection<Manifest> objects) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        List<Binding> bindings = new ArrayList<>();
        List<Manifest> others = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (Manifest object : objects) {
            List<Finding> faults = new ArrayList<>(Schemas.check(object));
            faults.addAll(PolicyWords.check(object));
            findings.addAll(faults);
            boolean ours = object.key().group().equals(GROUP) && !Finding.anyError(faults);
            if (ours && object.key().kind().equals(POLICY)) {
                Policy policy = PolicyReader.read(object, findings);
                if (policy != null && policies.putIfAbsent(policy.name(), policy) != null) {
                    findings.add(twice(object));
                }
            } else if (ours && object.key().kind().equals(BINDING)) {
                bindings.add(Binding.of(object));
            } else {
                others.add(object);
            }
        }
        return new PolicySet(policies, bindings, others, findings);
    }

    private static Finding twice(Manifest object) {
        return Finding.error(
                        "policy-duplicate",
                        object.origin().resource(),
                        "there are two policies named '" + object.key().name() + "'",
                        "rename or remove one of them")
                .about(object.key());
    }

    /** What is wrong with the policies themselves. */
    public List<Finding> findings() {
        return findings;
    }

    /** Whether there is nothing to ask. */
    public boolean isEmpty() {
        return policies.isEmpty() || bindings.isEmpty();
    }

    /** Names of the policies that can be asked. */
    public Collection<String> names() {
        return policies.keySet();
    }

    /** The objects that came with the policies, such as parameters. */
    public List<Manifest> others() {
        return others;
    }

    /** The file that a policy was read from. */
    String file(String policy) {
        Policy found = policies.get(policy);
        return found == null ? policy : found.manifest().origin().resource().file();
    }

    /** Changes with the objects that bindings may take as parameters. */
    Digest paramsDigest(Surroundings surroundings) {
        List<@Nullable Object> digests = new ArrayList<>();
        for (Policy policy : policies.values()) {
            if (!policy.paramKind().isEmpty()) {
                surroundings
                        .all(Tree.text(policy.paramKind(), "apiVersion"), Tree.text(policy.paramKind(), "kind"))
                        .forEach(object -> digests.add(object.digest().value()));
            }
        }
        return CanonicalForm.digest(digests);
    }

    /** Everything that the policies have against a request, policy by policy. */
    public List<Decision> decide(Admission request, Surroundings surroundings) {
        if (MatchResources.exempt(request)) {
            return List.of();
        }
        List<Decision> decisions = new ArrayList<>();
        Evaluation evaluation = null;
        for (Policy policy : policies.values()) {
            if (!policy.constraints().matches(request, surroundings)) {
                continue;
            }
            for (Binding binding : bindings) {
                if (binding.policy().equals(policy.name())
                        && binding.resources().matches(request, surroundings)) {
                    evaluation = evaluation == null ? new Evaluation(request, surroundings) : evaluation;
                    decisions.addAll(evaluation.decide(policy, binding));
                }
            }
        }
        return decisions;
    }
}
