package dev.plumbline.registry.source;

import org.jspecify.annotations.Nullable;

/**
 * What a private repository is entered with. Printed, it shows no secret.
 *
 * @param login who asks
 * @param caBundle certificates in PEM that sign for the repository's server, instead of those that this machine trusts;
 *     null for the machine's own. For {@code https} only
 */
public record Credentials(Login login, @Nullable String caBundle) {

    /** For a repository that everybody may read, behind a certificate that this machine trusts. */
    public static final Credentials NONE = new Credentials(new Login.Anonymous(), null);

    /** Who asks. */
    public sealed interface Login {

        /** Nobody in particular. */
        record Anonymous() implements Login {}

        /**
         * {@code Authorization: Bearer}; for {@code https} only.
         *
         * @param token the token
         */
        record Bearer(Secret token) implements Login {}

        /**
         * {@code Authorization: Basic}; for {@code https} only. Most hosts take an access token as the password.
         *
         * @param user name of the user; not empty
         * @param password the password or access token
         */
        record Basic(String user, Secret password) implements Login {}

        /**
         * A key pair; for {@code ssh} only.
         *
         * @param privateKey the private key as a file of OpenSSH or PEM holds it
         * @param passphrase what the private key is encrypted with; null when it is not
         * @param knownHosts keys of the server, in lines of OpenSSH's {@code known_hosts}; a server with any other key is
         *     refused
         */
        record SshKey(Secret privateKey, @Nullable Secret passphrase, String knownHosts) implements Login {}
    }
}
