package dev.plumbline.registry.source;

import dev.plumbline.registry.model.CommitId;

/**
 * Where a {@link Ref} led at one poll.
 *
 * @param commit the commit
 * @param name full name of the branch or tag that named it; empty for a pinned commit
 * @param object hexadecimal id of what that name itself names: the tag object of an annotated tag, else the commit
 */
public record Tip(CommitId commit, String name, String object) {}
