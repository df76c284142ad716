package dev.plumbline.registry.evidence;

import dev.plumbline.registry.sign.Keyring;
import dev.plumbline.registry.sign.KnownKey;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.sign.Signer;
import dev.plumbline.registry.sign.VerificationKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.List;

/** A key that lives in a test. */
public final class SampleKeys implements Signer {

    private final KeyPair pair;

    /** A new one. */
    public SampleKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its public half. */
    public VerificationKey key() {
        return VerificationKey.of(pair.getPublic().getEncoded());
    }

    /** A keyring with it alone. */
    public Keyring keyring() {
        return new Keyring(List.of(KnownKey.of(key())));
    }

    @Override
    public Signed sign(byte[] message) throws SignException {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return new Signed(key(), signature.sign());
        } catch (GeneralSecurityException e) {
            throw new SignException("no", e);
        }
    }
}
