package dev.plumbline.registry.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.CanonicalForm;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.sign.Signer;
import dev.plumbline.registry.sign.VerificationKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A signed statement: a DSSE envelope with one signature, in a Sigstore bundle v0.3 with a plain public key. What is verified is
 * the payload's bytes as they came, which are never written anew.
 *
 * @param payload the signed bytes
 * @param hint names the key; a hint only
 * @param keyid names the key in the envelope; a hint only, may be empty
 * @param signature ASN.1 DER
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are handed on as they are
public record Bundle(byte[] payload, String hint, String keyid, byte[] signature) {

    /** Type of the payload: verifiers take no other. */
    public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

    /** What the hints of a bundle are; the checkers disagree, so that there is no one choice (decision 8). */
    public enum Hints {
        /** {@code hint} and {@code keyid} are OpenSSH's fingerprint: cosign and slsa-verifier skip any other. */
        FINGERPRINT,
        /** {@code hint} is the digest of the PEM form and {@code keyid} is empty: OpenSSF Model Signing. */
        PEM
    }

    /**
     * Signs bytes.
     *
     * @throws SignException when the key cannot be used
     */
    public static Bundle sign(byte[] payload, Signer signer, Hints hints) throws SignException {
        Signer.Signed signed = signer.sign(preAuthentication(payload));
        String hint =
                hints == Hints.PEM ? signed.key().pemDigest() : signed.key().fingerprint();
        return new Bundle(payload, hint, hints == Hints.PEM ? "" : hint, signed.signature());
    }

    /** Whether a key signed this payload. */
    public boolean signedBy(VerificationKey key) {
        return key.verifies(preAuthentication(payload), signature);
    }

    /** The bundle's bytes, in the canonical form. */
    public byte[] bytes() {
        Map<String, @Nullable Object> material = new LinkedHashMap<>();
        material.put("publicKey", Map.of("hint", hint));
        material.put("tlogEntries", List.of());
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("mediaType", MEDIA_TYPE);
        tree.put("verificationMaterial", material);
        tree.put("dsseEnvelope", envelope());
        return bytes(tree);
    }

    /** The envelope alone, as slsa-verifier takes it. */
    public byte[] envelopeBytes() {
        return bytes(envelope());
    }

    /**
     * Reads a bundle in any JSON form.
     *
     * @throws IllegalArgumentException when the bytes are none, with the reason
     */
    public static Bundle of(byte[] bytes) {
        try {
            Map<String, @Nullable Object> tree = Json.parseObject(bytes);
            Map<String, @Nullable Object> envelope = Tree.map(tree, "dsseEnvelope");
            List<Map<String, @Nullable Object>> signatures = Tree.maps(envelope, "signatures");
            if (!MEDIA_TYPE.equals(tree.get("mediaType"))) {
                throw new IllegalArgumentException(
                        "its mediaType is " + tree.get("mediaType") + " and not " + MEDIA_TYPE);
            }
            if (!PAYLOAD_TYPE.equals(envelope.get("payloadType")) || signatures.size() != 1) {
                throw new IllegalArgumentException("it must hold one signature over a payload of type " + PAYLOAD_TYPE);
            }
            return new Bundle(
                    decode(Tree.text(envelope, "payload")),
                    Tree.text(tree, "verificationMaterial", "publicKey", "hint"),
                    Tree.text(signatures.getFirst(), "keyid"),
                    decode(Tree.text(signatures.getFirst(), "sig")));
        } catch (JsonException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getMessage(), e);
        }
    }

    /** The bytes that are signed: DSSE's pre-authentication encoding of a payload. */
    static byte[] preAuthentication(byte[] payload) {
        byte[] head = ("DSSEv1 " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " " + payload.length + " ")
                .getBytes(US_ASCII);
        return ByteBuffer.allocate(head.length + payload.length)
                .put(head)
                .put(payload)
                .array();
    }

    private Map<String, @Nullable Object> envelope() {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("sig", Base64.getEncoder().encodeToString(signature));
        one.put("keyid", keyid);
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("payload", Base64.getEncoder().encodeToString(payload));
        tree.put("payloadType", PAYLOAD_TYPE);
        tree.put("signatures", List.of(one));
        return tree;
    }

    private static byte[] bytes(Map<String, @Nullable Object> tree) {
        return CanonicalForm.text(tree).getBytes(StandardCharsets.UTF_8);
    }

    /** Both alphabets of base64 are allowed (DSSE, section 4). */
    private static byte[] decode(String text) {
        return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    }
}
