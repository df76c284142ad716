package dev.plumbline.registry.git;

import dev.plumbline.registry.source.CredentialsSource;

/**
 * How a repository may be reached.
 *
 * @param credentials what it is entered with
 * @param localPaths whether the address may be a path of this machine; only an operator may say so, never who writes a sync
 */
public record Access(CredentialsSource credentials, boolean localPaths) {

    /** For an address that the operator gave on this machine, and that needs no credentials but those in it. */
    public static final Access OWN = new Access(CredentialsSource.NONE, true);
}
