package dev.plumbline.registry.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerificationKeyTest {

    /** Made with {@code openssl ecparam -name prime256v1 -genkey}; its names with {@code ssh-keygen -lf} and {@code sha256sum}. */
    private static final String PEM = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE3hBiHw5qpggwJFEj7QuTxmXrAM78
            Yb17qkfS5a2ra3OdFTvQfg47pUL/F0lusbgSVHu9JUzHTZV/1l125inL0A==
            -----END PUBLIC KEY-----
            """;

    private static final String FINGERPRINT = "SHA256:UI/K7l2CA1sumVSLzXDbRk8tQY9qTJy+GIM1ux3KxDI";
    private static final String PEM_DIGEST = "9d83a4d76cc1a3b5644d776e61da10e944f55eb69e58e458296af016ae886578";

    private final VerificationKey key = new VerificationKey(PEM);

    @Test
    void isNamedAsOthersNameIt() {
        assertEquals(FINGERPRINT, key.fingerprint());
        assertEquals(PEM_DIGEST, key.pemDigest());
    }

    @Test
    void isFoundByEitherName() {
        Keyring keys = new Keyring(List.of(KnownKey.of(key)));
        assertEquals(key, keys.find(FINGERPRINT).orElseThrow().key());
        assertEquals(key, keys.find(PEM_DIGEST).orElseThrow().key());
        assertTrue(keys.find("").isEmpty());
    }

    @Test
    void otherLineBreaksAreTheSameKey() {
        assertEquals(key, new VerificationKey("\n" + PEM.replace("\n", "\r\n")));
    }

    @Test
    void whatIsNoKeyOnTheCurveIsRefused() throws Exception {
        assertThrows(IllegalArgumentException.class, () -> new VerificationKey("no key"));
        assertThrows(IllegalArgumentException.class, () -> new VerificationKey(PEM.replace("PUBLIC", "PRIVATE")));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        byte[] other = generator.generateKeyPair().getPublic().getEncoded();
        String message = assertThrows(IllegalArgumentException.class, () -> VerificationKey.of(other))
                .getMessage();
        assertTrue(
                String.valueOf(message).contains("P-256"), Base64.getEncoder().encodeToString(other));
    }
}
