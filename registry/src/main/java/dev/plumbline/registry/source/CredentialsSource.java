package dev.plumbline.registry.source;

/** Where credentials come from. It is asked before every exchange, so that one that was renewed is used at once. */
@FunctionalInterface
public interface CredentialsSource {

    /** Gives {@link Credentials#NONE}. */
    CredentialsSource NONE = () -> Credentials.NONE;

    /**
     * The credentials as they are now.
     *
     * @throws SourceException when they cannot be read or are incomplete; the message says what to do and holds no secret
     */
    Credentials credentials() throws SourceException;
}
