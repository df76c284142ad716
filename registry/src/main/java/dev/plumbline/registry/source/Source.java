package dev.plumbline.registry.source;

import java.util.List;

/**
 * One remote repository, mirrored here. There is one Source per URL and what it is entered with, whatever the number of syncs
 * that use it, and one poll serves them all.
 */
public interface Source {

    /** The repository's address, without credentials. */
    String url();

    /**
     * Asks the repository once for all its branches and tags and fetches what is new. After it, every returned commit can
     * be read from {@link #repository()}, and commits that were fetched before stay readable, forced-away ones included.
     *
     * @throws SourceException when the repository cannot be reached or refuses; what was fetched before stays readable
     */
    Refs poll() throws SourceException;

    /**
     * Asks the repository once where a ref leads, and fetches only what is new of that. After it the commit can be read from
     * {@link #repository()}. A pinned commit that is here already is not asked for.
     *
     * @throws SourceException when the repository cannot be reached or refuses, the credentials are refused, the ref leads
     *     nowhere, or a bound is passed; what was fetched before stays readable
     */
    Tip poll(Ref ref) throws SourceException;

    /**
     * Who signed what a poll found. Reads only what was fetched.
     *
     * @return the signers, one sentence part each, the tag's before the commit's; empty when none is asked for
     * @throws SourceException when it is not signed, the signature is bad, or the signer is not among the allowed ones (not
     *     retryable; the message says which); or when the mirror cannot be read
     */
    List<String> verify(Tip tip, Verification verification) throws SourceException;

    /** What has been fetched so far; works with the repository gone. */
    Repository repository();
}
