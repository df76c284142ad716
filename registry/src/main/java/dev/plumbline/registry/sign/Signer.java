package dev.plumbline.registry.sign;

/** Signs with a private key that nobody else sees: one in a file, or one that a key service keeps. Many threads may call it. */
public interface Signer {

    /**
     * Signs a message with the key that is in force now.
     *
     * @throws SignException when there is no key, or it cannot be used
     */
    Signed sign(byte[] message) throws SignException;

    /**
     * Whether there is a key by now. Only a signer whose key may come later ever says no; then nothing is signed yet.
     *
     * @throws SignException when it cannot be told
     */
    default boolean ready() throws SignException {
        return true;
    }

    /**
     * A signature.
     *
     * @param key the public half of the key that made it
     * @param signature ECDSA over SHA-256 of the message, as ASN.1 DER
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are handed on as they are
    record Signed(VerificationKey key, byte[] signature) {}
}
