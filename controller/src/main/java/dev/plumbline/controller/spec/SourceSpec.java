package dev.plumbline.controller.spec;

import org.jspecify.annotations.Nullable;

/**
 * Where a sync's commits come from.
 *
 * @param url the repository: {@code https://…}, {@code ssh://…}, or an absolute path, which the operator of the controller must allow;
 *     without a password
 * @param ref which commit
 * @param secretName Secret in the namespace of the sync with a token, a user and password, or an SSH key and pinned host keys; null
 *     for a public repository
 * @param caBundle certificates (PEM) that the server is trusted by, besides the system's; null for the system's only
 * @param verify which signature a commit needs; null for none
 */
public record SourceSpec(
        String url,
        GitRef ref,
        @Nullable String secretName,
        @Nullable KeyReference caBundle,
        @Nullable SignatureCheck verify) {}
