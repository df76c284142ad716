package dev.plumbline.registry.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.bc.BcPGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.jspecify.annotations.Nullable;

/** Signatures by the OpenPGP keys of one ring, which is given with each question and is nobody else's. */
final class OpenPgpSigners {

    private final PGPPublicKeyRingCollection rings;

    private OpenPgpSigners(PGPPublicKeyRingCollection rings) {
        this.rings = rings;
    }

    /** Reads armored public keys. */
    static OpenPgpSigners parse(String armored) throws SignatureRefusedException {
        try (ByteArrayInputStream bytes = new ByteArrayInputStream(armored.getBytes(StandardCharsets.UTF_8))) {
            PGPPublicKeyRingCollection rings = new BcPGPPublicKeyRingCollection(List.of());
            while (bytes.available() > 0) {
                ArmoredInputStream block = new ArmoredInputStream(bytes);
                for (PGPPublicKeyRing ring : new BcPGPPublicKeyRingCollection(block)) {
                    rings = PGPPublicKeyRingCollection.addPublicKeyRing(rings, ring);
                }
            }
            if (rings.size() == 0) {
                throw new SignatureRefusedException("the allowed OpenPGP keys hold no public key");
            }
            return new OpenPgpSigners(rings);
        } catch (IOException | PGPException | RuntimeException e) {
            throw new SignatureRefusedException("the allowed OpenPGP keys cannot be read");
        }
    }

    /** Who signed it: the user and the fingerprint of the primary key. */
    String verify(byte[] content, byte[] armored) throws SignatureRefusedException {
        try {
            PGPSignature signature = signature(armored);
            String id = String.format(Locale.ROOT, "%016X", signature.getKeyID());
            PGPPublicKeyRing ring = rings.getPublicKeyRing(signature.getKeyID());
            if (ring == null) {
                throw new SignatureRefusedException("its key " + id + " is not among the allowed ones");
            }
            PGPPublicKey key = ring.getPublicKey(signature.getKeyID());
            signature.init(new BcPGPContentVerifierBuilderProvider(), key);
            signature.update(content);
            if (!signature.verify()) {
                throw new SignatureRefusedException("key " + id + " did not sign this content");
            }
            String why = unusable(
                    ring.getPublicKey(), key, signature.getCreationTime().toInstant());
            if (why != null) {
                throw new SignatureRefusedException("its key " + id + " " + why);
            }
            return "OpenPGP signer " + user(ring) + " with key "
                    + HexFormat.of()
                            .withUpperCase()
                            .formatHex(ring.getPublicKey().getFingerprint());
        } catch (IOException | PGPException | RuntimeException e) {
            // Parsers of this library answer broken bytes with exceptions of any kind.
            throw new SignatureRefusedException("it cannot be read");
        }
    }

    private static PGPSignature signature(byte[] armored) throws IOException, SignatureRefusedException {
        Object first = new BcPGPObjectFactory(PGPUtil.getDecoderStream(new ByteArrayInputStream(armored))).nextObject();
        if (!(first instanceof PGPSignatureList list) || list.size() != 1) {
            throw new SignatureRefusedException("it is not one OpenPGP signature");
        }
        PGPSignature signature = list.get(0);
        int type = signature.getSignatureType();
        if (type != PGPSignature.BINARY_DOCUMENT && type != PGPSignature.CANONICAL_TEXT_DOCUMENT) {
            throw new SignatureRefusedException("it is no signature of a document");
        }
        return signature;
    }

    /** Why a key could not sign at a time; null when it could. */
    private static @Nullable String unusable(PGPPublicKey primary, PGPPublicKey key, Instant at) throws PGPException {
        if (primary.hasRevocation() || key.hasRevocation()) {
            return "is revoked";
        }
        for (PGPPublicKey part : List.of(primary, key)) {
            Instant made = part.getCreationTime().toInstant();
            long valid = part.getValidSeconds();
            if (at.isBefore(made) || (valid > 0 && at.isAfter(made.plusSeconds(valid)))) {
                return "was not valid at " + at;
            }
        }
        return key.isMasterKey() || isBound(primary, key) ? null : "is not bound to its primary key for signing";
    }

    /** A subkey counts where the primary key says that it signs. */
    private static boolean isBound(PGPPublicKey primary, PGPPublicKey key) throws PGPException {
        Iterator<PGPSignature> bindings = key.getSignaturesOfType(PGPSignature.SUBKEY_BINDING);
        while (bindings.hasNext()) {
            PGPSignature binding = bindings.next();
            PGPSignatureSubpacketVector says = binding.getHashedSubPackets();
            binding.init(new BcPGPContentVerifierBuilderProvider(), primary);
            boolean signs = says != null && (says.getKeyFlags() & KeyFlags.SIGN_DATA) != 0;
            if (signs && binding.verifyCertification(primary, key)) {
                return true;
            }
        }
        return false;
    }

    private static String user(PGPPublicKeyRing ring) {
        Iterator<String> users = ring.getPublicKey().getUserIDs();
        return users.hasNext() ? users.next() : "without a name";
    }
}
