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
 * @param hooked whether it is a hook of another node, or of the Workflow
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
        boolean hooked,
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
                false,
                depth);
    }

    /** A hook of this call's node, whose id may be empty for one that hangs from nothing. Hooks after the end of a node are let run to their end. */
    Call hook(String name, Caller callee, Arguments passed, String nodeId, boolean atExit) {
        return new Call(
                name,
                callee,
                scope,
                passed,
                boundary,
                nodeId.isEmpty() ? List.of() : List.of(nodeId),
                Map.of(),
                false,
                false,
                exit || atExit,
                true,
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
                false,
                depth + 1);
    }
}
