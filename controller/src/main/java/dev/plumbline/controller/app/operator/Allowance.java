package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.spec.Conditions;
import dev.plumbline.controller.spec.PipelineSync;
import dev.plumbline.controller.spec.Reason;
import dev.plumbline.controller.spec.SpecProblem;
import java.util.Optional;

/** Which specs are followed: those without a problem that ask for nothing that the program's options do not allow. */
final class Allowance {

    private Allowance() {}

    /** Why the spec is not followed; empty when it is. */
    static Optional<Conditions> refused(PipelineSync resource, OperatorOptions options) {
        if (!resource.problems().isEmpty()) {
            return Optional.of(Conditions.invalid(resource.problems()));
        }
        OperatorOptions.Allowances allowed = options.allowances();
        if (resource.spec().serviceAccountName() == null && !allowed.ownRights()) {
            return notAllowed(
                    "spec.serviceAccountName",
                    "a sync acts as a service account of its namespace; name one, or let the controller run with"
                            + " --allow-own-rights");
        }
        if (resource.spec().source().url().startsWith("/") && !allowed.localRepositories()) {
            return notAllowed(
                    "spec.source.url",
                    "a path of the controller's machine is followed only with --allow-local-repositories");
        }
        boolean leaves = resource.spec().dependsOn().stream()
                .anyMatch(other -> !other.namespace().equals(resource.id().namespace()));
        if (leaves && !allowed.otherNamespaces()) {
            return notAllowed(
                    "spec.dependsOn",
                    "a sync of another namespace is waited for only with --allow-cross-namespace-dependencies");
        }
        return Optional.empty();
    }

    private static Optional<Conditions> notAllowed(String field, String why) {
        return Optional.of(new Conditions(Reason.NOT_ALLOWED, new SpecProblem(field, why).toString()));
    }
}
