package dev.plumbline.registry.source;

/**
 * Whose signature a commit must bear before it is used. The keys are the operator's: nothing is taken from the repository,
 * from its configuration or from this machine's key rings.
 *
 * @param subject what must be signed
 * @param sshSigners lines of {@code gpg.ssh.allowedSignersFile} (see ssh-keygen, ALLOWED SIGNERS); empty for none
 * @param openPgpKeys armored public keys, one or more blocks; empty for none
 */
public record Verification(Subject subject, String sshSigners, String openPgpKeys) {

    /** Asks for no signature. */
    public static final Verification NONE = new Verification(Subject.NOTHING, "", "");

    /** What must be signed. */
    public enum Subject {
        /** Nothing. */
        NOTHING,
        /** The commit that the ref leads to. */
        HEAD,
        /** The tag itself; the ref must be an annotated tag. */
        TAG,
        /** Both the tag and the commit that it names. */
        TAG_AND_HEAD
    }
}
