package dev.plumbline.controller.spec;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One applied revision, as a status shows it.
 *
 * @param number what {@code rollback --to} accepts
 * @param commit its commit
 * @param digest the digest of its Release
 * @param appliedAt when it was applied
 * @param trigger what started it
 */
public record RevisionStatus(long number, CommitId commit, Digest digest, Instant appliedAt, String trigger) {

    /** The form in the status. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("revision", number);
        tree.put("commit", commit.hex());
        tree.put("digest", digest.value());
        tree.put("appliedAt", Conditions.time(appliedAt));
        tree.put("trigger", trigger);
        return tree;
    }
}
