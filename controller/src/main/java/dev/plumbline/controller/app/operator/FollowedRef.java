package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.spec.SourceSpec;

/**
 * What is followed. Two syncs share it only when all of it is equal; with credentials that includes the namespace they are in, so
 * that nobody reads a private repository through the mirror of another tenant.
 *
 * @param namespace of the credentials and keys; empty when none are named
 * @param source repository, ref, credentials and keys
 */
record FollowedRef(String namespace, SourceSpec source) {

    static FollowedRef of(String namespace, SourceSpec source) {
        boolean shared = source.secretName() == null && source.caBundle() == null && source.verify() == null;
        return new FollowedRef(shared ? "" : namespace, source);
    }

    /** What names the credentials, and stays the same when they are renewed; empty for none. */
    String identity() {
        return source.secretName() == null && source.caBundle() == null
                ? ""
                : namespace + " " + source.secretName() + " " + source.caBundle();
    }
}
