package dev.plumbline.registry.source;

/**
 * One remote repository, mirrored here. There is one Source per URL, whatever the number of syncs that use it, and one
 * poll serves them all.
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

    /** What has been fetched so far; works with the repository gone. */
    Repository repository();
}
