package dev.plumbline.registry.keys;

import dev.plumbline.registry.sign.VerificationKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * A private key as it stands in its file (PKCS #8 in PEM), with its public half.
 *
 * @param key the public half
 * @param text the file's text
 */
record KeyPairFile(VerificationKey key, String text) {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----\n";
    private static final String END = "\n-----END PRIVATE KEY-----\n";
    private static final int LINE = 64;

    /** A new pair. */
    static KeyPairFile generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'})
                    .encodeToString(pair.getPrivate().getEncoded());
            return new KeyPairFile(VerificationKey.of(pair.getPublic().getEncoded()), BEGIN + body + END);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no curve P-256", e);
        }
    }

    /** The private key in a file's text. */
    static PrivateKey read(String text) throws GeneralSecurityException {
        String body = text.replace(BEGIN.strip(), "").replace(END.strip(), "");
        try {
            byte[] pkcs8 = Base64.getMimeDecoder().decode(body);
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("it is not base64", e);
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return key.fingerprint();
    }
}
