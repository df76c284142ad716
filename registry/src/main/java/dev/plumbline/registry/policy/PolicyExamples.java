package dev.plumbline.registry.policy;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Location;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the policies of a folder about its examples. Namespaces in an example file are what its other objects live in. Of a file
 * whose objects have one key, the first is the object before the update to the second.
 */
public final class PolicyExamples {

    private PolicyExamples() {}

    /**
     * What came of one example file.
     *
     * @param file its path
     * @param expected {@code allowed} or {@code denied}
     * @param passed whether it is as expected
     * @param message why it was denied, or what is wrong
     */
    public record Result(String file, String expected, boolean passed, String message) {}

    /**
     * What came of a folder.
     *
     * @param path its path
     * @param findings what is wrong with the policies and files themselves
     * @param results file by file
     */
    public record Report(String path, List<Finding> findings, List<Result> results) {

        /** Whether nothing is wrong. */
        public boolean passed() {
            return !Finding.anyError(findings) && results.stream().allMatch(Result::passed);
        }
    }

    /** Runs all examples of a folder. */
    public static Report run(PolicyFolder folder) {
        PolicySet policies = PolicySet.of(folder.objects());
        List<Finding> findings = new ArrayList<>(folder.findings());
        findings.addAll(policies.findings());
        if (policies.isEmpty() && !Finding.anyError(findings)) {
            findings.add(Finding.error(
                    "policy-unbound",
                    Location.of(folder.path()),
                    "no policy of the folder has a binding, so none is ever asked",
                    "add a ValidatingAdmissionPolicyBinding that names it"));
        }
        List<Result> results = new ArrayList<>();
        folder.allowed().forEach((file, objects) -> results.add(allowed(policies, file, objects)));
        folder.denied().forEach((file, objects) -> results.add(denied(policies, file, objects)));
        return new Report(folder.path(), List.copyOf(findings), List.copyOf(results));
    }

    private static Result allowed(PolicySet policies, String file, List<Manifest> objects) {
        for (Admission request : requests(objects)) {
            for (Decision decision : decide(policies, objects, request)) {
                return new Result(file, "allowed", false, decision.refusal());
            }
        }
        return new Result(file, "allowed", true, "");
    }

    private static Result denied(PolicySet policies, String file, List<Manifest> objects) {
        String message = "";
        for (Admission request : requests(objects)) {
            List<Decision> decisions = decide(policies, objects, request);
            if (decisions.isEmpty()) {
                return new Result(
                        file,
                        "denied",
                        false,
                        request.kind() + " '" + request.name() + "' was allowed by every policy");
            }
            message = decisions.getFirst().message();
        }
        return message.isEmpty()
                ? new Result(file, "denied", false, "the file holds no object that could be denied")
                : new Result(file, "denied", true, message);
    }

    private static List<Decision> decide(PolicySet policies, List<Manifest> objects, Admission request) {
        List<Manifest> around = new ArrayList<>(objects);
        around.addAll(policies.others());
        return policies.decide(request, new Surroundings(around));
    }

    /** The requests that the objects of a file stand for. */
    public static List<Admission> requests(List<Manifest> objects) {
        List<Manifest> asked = objects.stream()
                .filter(object -> !object.key().kind().equals("Namespace") || objects.size() == 1)
                .toList();
        if (asked.size() == 2 && asked.getFirst().key().equals(asked.getLast().key())) {
            return List.of(
                    new Admission(asked.getLast().content(), asked.getFirst().content()));
        }
        return asked.stream().map(object -> Admission.create(object.content())).toList();
    }
}
