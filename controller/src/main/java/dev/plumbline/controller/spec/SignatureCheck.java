package dev.plumbline.controller.spec;

/**
 * Which signature a commit needs before it is rendered. An unsigned one is refused.
 *
 * @param provider form of the signature
 * @param secretName Secret in the namespace of the sync that holds the allowed signers: an OpenSSH {@code allowed_signers} file, or
 *     OpenPGP public keys, one or more per entry
 * @param mode what must be signed
 */
public record SignatureCheck(Provider provider, String secretName, Mode mode) {

    /** Forms of signatures. */
    public enum Provider {
        /** {@code ssh-keygen -Y}. */
        SSH("SSH"),
        /** OpenPGP, as GnuPG makes them. */
        OPENPGP("OpenPGP");

        private final String word;

        Provider(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** What must be signed. */
    public enum Mode {
        /** The commit. */
        COMMIT("Commit"),
        /** The tag that names the commit. */
        TAG("Tag"),
        /** Both. */
        TAG_AND_COMMIT("TagAndCommit");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }
}
