package dev.plumbline.registry.sign;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.plumbline.registry.model.Digest;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public half of a key on the curve P-256.
 *
 * @param pem its X.509 form (RFC 7468): lines of 64 characters, each ended by a line feed
 */
public record VerificationKey(String pem) {

    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]{1,4096})-----END PUBLIC KEY-----\\s*");

    private static final int LINE = 64;

    /** An uncompressed point: a mark and two coordinates of 32 bytes (SEC 1, 2.3.3). */
    private static final int POINT = 65;

    /** Writes it in the one form; refuses what is no such key, with a message for the person who gave it. */
    public VerificationKey {
        pem = pem(read(pem).getEncoded());
    }

    /** The key of an X.509 encoding. */
    public static VerificationKey of(byte[] x509) {
        return new VerificationKey(pem(x509));
    }

    /** How OpenSSH names it ({@code SHA256:} and base64), which Sigstore's clients in Go expect as key id. */
    public String fingerprint() {
        byte[] encoded = read(pem).getEncoded();
        List<byte[]> parts = List.of(
                "ecdsa-sha2-nistp256".getBytes(US_ASCII),
                "nistp256".getBytes(US_ASCII),
                Arrays.copyOfRange(encoded, encoded.length - POINT, encoded.length));
        ByteBuffer bytes = ByteBuffer.allocate(
                parts.stream().mapToInt(part -> Integer.BYTES + part.length).sum());
        parts.forEach(part -> bytes.putInt(part.length).put(part));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.array());
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** SHA-256 of {@link #pem} in hexadecimal digits, which OpenSSF Model Signing expects as hint. */
    public String pemDigest() {
        return Digest.of(pem).hex();
    }

    /** Whether a signature in ASN.1 DER is this key's over a message. Anything that is no signature is not. */
    public boolean verifies(byte[] message, byte[] signature) {
        return verifies(Digest.of(message), signature);
    }

    /** Whether a signature in ASN.1 DER is this key's over the message of a digest. Anything that is no signature is not. */
    public boolean verifies(Digest message, byte[] signature) {
        try {
            Signature check = Signature.getInstance("NONEwithECDSA");
            check.initVerify(read(pem));
            check.update(HexFormat.of().parseHex(message.hex()));
            return check.verify(signature);
        } catch (SignatureException e) {
            return false; // not even the form of a signature
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no ECDSA", e);
        }
    }

    @Override
    public String toString() {
        return fingerprint();
    }

    private static ECPublicKey read(String pem) {
        Matcher matcher = PEM.matcher(pem);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "not a public key in PEM form; expected -----BEGIN PUBLIC KEY----- and what follows");
        }
        try {
            byte[] x509 = Base64.getMimeDecoder().decode(matcher.group(1));
            if (KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(x509)) instanceof ECPublicKey key
                    && key.getParams().getCurve().equals(curve().getCurve())) {
                return key;
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not a public key on the curve P-256: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("the public key is on another curve than P-256, which alone is used here");
    }

    private static ECParameterSpec curve() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static String pem(byte[] x509) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(x509)
                + "\n-----END PUBLIC KEY-----\n";
    }
}
