package dev.plumbline.controller.local.runner;

import java.util.List;
import java.util.Map;

/**
 * One template to execute as one node.
 *
 * @param node name of the node
 * @param caller what names the template
 * @param scope scope in which the caller stands, such as {@code namespaced/train}
 * @param arguments what is passed
 * @param boundary id of the dag or steps node around it; empty for the root and the exit handler
 * @param parents ids of the nodes that it comes after
 * @param locals further names for tags, such as {@code retries}
 * @param attempt whether it is one attempt of a Retry node
 * @param result whether its standard output is asked for
 * @param exit whether it belongs to the exit handler, which the Workflow's deadline does not concern
 * @param depth how many templates are around it
 */
record Call(
        String node,
        Caller caller,
        String scope,
        Arguments arguments,
        String boundary,
        List<String> parents,
        Map<String, String> locals,
        boolean attempt,
        boolean result,
        boolean exit,
        int depth) {

    /** The same template, as one attempt of this call's Retry node. */
    Call retried(String retryId, int number, Map<String, String> more) {
        return new Call(
                node + "(" + number + ")",
                caller,
                scope,
                arguments,
                boundary,
                List.of(retryId),
                more,
                true,
                result,
                exit,
                depth);
    }

    /** A member of this call's dag or steps. */
    Call member(
            String name, Caller callee, Arguments passed, String aroundId, List<String> after, boolean wantsResult) {
        return new Call(
                name,
                callee,
                caller.scopeOfCallee(scope),
                passed,
                aroundId,
                after,
                Map.of(),
                false,
                wantsResult,
                exit,
                depth + 1);
    }
}
