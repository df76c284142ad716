package dev.plumbline.registry.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.sign.Keyring;
import dev.plumbline.registry.sign.KnownKey;
import dev.plumbline.registry.sign.VerificationKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles that cosign and model signing made (tests/checkers/make-theirs) are read; each changed byte of what they hold is found. */
class BundleCheckTest {

    private static final Pattern HELD = Pattern.compile("\"(?:payload|sig|signature)\":\\s*\"([^\"]+)\"");

    private final byte[] weights = theirs("churn/weights.bin");
    private final List<ModelFile> churn = List.of(
            new ModelFile("weights.bin", Digest.of(weights)),
            new ModelFile("data/more 1.json", Digest.of(theirs("churn/data/more 1.json"))));
    private final Keyring keyring =
            new Keyring(List.of(KnownKey.of(new SampleKeys().key()), known("cosign.pub"), known("model-signing.pub")));

    BundleCheckTest() throws IOException {}

    @ParameterizedTest
    @ValueSource(strings = {"attestation.sigstore.json", "blob.sigstore.json"})
    void whatCosignSignedIsVerifiedAndNothingElse(String name) throws IOException {
        byte[] bundle = theirs(name);
        assertVerified(BundleCheck.of(bundle, keyring, Digest.of(weights), List.of()));
        assertRefused(BundleCheck.of(bundle, keyring, Digest.of("other weights"), List.of()));
        Keyring strangers = new Keyring(List.of(KnownKey.of(new SampleKeys().key())));
        assertRefused(BundleCheck.of(bundle, strangers, Digest.of(weights), List.of()));
        for (byte[] changed : changed(bundle)) {
            assertRefused(BundleCheck.of(changed, keyring, Digest.of(weights), List.of()));
        }
    }

    @Test
    void aModelThatModelSigningSignedIsVerifiedByAllItsFiles() throws IOException {
        byte[] bundle = theirs("churn.sig");
        assertVerified(verify(bundle, churn));
        for (byte[] changed : changed(bundle)) {
            assertRefused(verify(changed, churn));
        }
        assertEquals(
                List.of("file weights.bin: was changed after it was signed"),
                wrong(verify(bundle, List.of(churn.getLast(), new ModelFile("weights.bin", Digest.of("heavier"))))));
        assertEquals(
                List.of("file weights.bin: was signed, and is missing"),
                wrong(verify(bundle, List.of(churn.getLast()))));
        List<ModelFile> more = new ArrayList<>(churn);
        more.add(new ModelFile(".git/config", Digest.of("not part of the model, as the signature says")));
        assertVerified(verify(bundle, more));
        more.add(new ModelFile(".github.bin", Digest.of("")));
        assertEquals(List.of("file .github.bin: was not signed"), wrong(verify(bundle, more)));
        assertRefused(BundleCheck.of(bundle, keyring, ModelFile.root(churn), List.of()));
    }

    @Test
    void whatIsNoBundleOrHasNoPlainKeyIsRefusedInWords() throws IOException {
        String blob = new String(theirs("blob.sigstore.json"), StandardCharsets.UTF_8);
        for (String text : List.of(
                "",
                "{}",
                "[]",
                "no JSON",
                blob.replace("publicKey", "certificate"),
                blob.replace("\"signature\"", "\"other\""))) {
            assertRefused(
                    BundleCheck.of(text.getBytes(StandardCharsets.UTF_8), keyring, Digest.of(weights), List.of()));
        }
    }

    private List<Check> verify(byte[] bundle, List<ModelFile> files) {
        return BundleCheck.of(bundle, keyring, ModelFile.root(files), files);
    }

    /** The bundle with each byte of its payload or signature changed in turn. */
    private static List<byte[]> changed(byte[] bundle) {
        String text = new String(bundle, StandardCharsets.UTF_8);
        List<byte[]> all = new ArrayList<>();
        Matcher held = HELD.matcher(text);
        while (held.find()) {
            byte[] bytes = Base64.getDecoder().decode(held.group(1));
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] ^= 1;
                String other = Base64.getEncoder().encodeToString(bytes);
                all.add((text.substring(0, held.start(1)) + other + text.substring(held.end(1)))
                        .getBytes(StandardCharsets.UTF_8));
                bytes[i] ^= 1;
            }
        }
        assertTrue(all.size() > 60, "there is something to change");
        return all;
    }

    private static void assertVerified(List<Check> checks) {
        assertTrue(Check.verified(checks), checks.toString());
    }

    private static void assertRefused(List<Check> checks) {
        assertFalse(Check.verified(checks), checks.toString());
        assertFalse(wrong(checks).isEmpty(), checks.toString());
    }

    private static List<String> wrong(List<Check> checks) {
        return checks.stream()
                .filter(check -> check.state() == Check.State.WRONG)
                .map(check -> check.what() + ": " + check.message())
                .toList();
    }

    private static KnownKey known(String name) throws IOException {
        return KnownKey.of(new VerificationKey(new String(theirs(name), StandardCharsets.UTF_8)));
    }

    private static byte[] theirs(String name) throws IOException {
        try (InputStream in = BundleCheckTest.class.getResourceAsStream("theirs/" + name)) {
            if (in == null) {
                throw new IOException("theirs/" + name + " is missing");
            }
            return in.readAllBytes();
        }
    }
}
