package dev.plumbline.registry.model;

/**
 * An exact commit of a repository: what a ref was resolved to, once. Nothing downstream sees the ref again (law 1).
 *
 * @param url repository, without credentials
 * @param commit the commit
 */
public record Revision(String url, CommitId commit) {}
