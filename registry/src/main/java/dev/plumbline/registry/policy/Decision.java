package dev.plumbline.registry.policy;

import java.util.List;

/**
 * That a policy has something against a request.
 *
 * @param policy the policy's name
 * @param binding the binding's name; empty where the policy itself could not be asked
 * @param actions what follows: of Deny, Warn, Audit
 * @param reason the status reason, such as Invalid or Forbidden
 * @param message why, in the policy's words
 */
public record Decision(String policy, String binding, List<Action> actions, String reason, String message) {

    /** Keeps its own copy. */
    public Decision {
        actions = List.copyOf(actions);
    }

    /** What follows from a broken policy. */
    public enum Action {
        /** The request is refused. */
        DENY,
        /** The request is admitted, the client is told. */
        WARN,
        /** The request is admitted, the audit log is told. */
        AUDIT
    }

    /** Whether it refuses the request. */
    public boolean denies() {
        return actions.contains(Action.DENY);
    }

    /** The sentence that an API server answers with after naming the object. */
    public String refusal() {
        return "ValidatingAdmissionPolicy '" + policy + "'"
                + (binding.isEmpty() ? "" : " with binding '" + binding + "'") + " denied request: " + message;
    }
}
