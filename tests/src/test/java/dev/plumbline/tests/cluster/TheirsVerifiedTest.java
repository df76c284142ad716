package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plumbline verify} takes what Python's {@code model-signing} signs with a key, and refuses each tampered copy. */
@Tag("cluster")
class TheirsVerifiedTest {

    private static Path python = Path.of("");

    @TempDir
    Path folder;

    private Path model = Path.of("");
    private Path key = Path.of("");
    private Path signature = Path.of("");

    @BeforeAll
    static void install() throws Exception {
        python = Checkers.python();
    }

    @BeforeEach
    void make() throws Exception {
        model = Files.createDirectories(folder.resolve("churn"));
        Files.createDirectories(model.resolve("data"));
        Files.writeString(model.resolve("weights.bin"), "weights");
        Files.writeString(model.resolve("data/ü.json"), "{}");
        Files.writeString(model.resolve("data/z 1.txt"), "");
        Path secret = folder.resolve("secret.pem");
        key = folder.resolve("key.pem");
        run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", secret.toString());
        run("openssl", "ec", "-in", secret.toString(), "-pubout", "-out", key.toString());
        signature = model.resolve("model.sig");
        sign(model, secret);
    }

    @Test
    void aModelIsTakenAndAChangedOneIsNot() throws Exception {
        assertVerified();
        Path file = model.resolve("weights.bin");
        Files.writeString(file, "heavier");
        assertRefused("file weights.bin: was changed after it was signed");
        Files.writeString(file, "weights");
        Files.writeString(model.resolve("more.bin"), "");
        assertRefused("file more.bin: was not signed");
        Files.delete(model.resolve("more.bin"));
        Files.move(file, model.resolve("other.bin"));
        assertRefused("file weights.bin: was signed, and is missing");
        Files.move(model.resolve("other.bin"), file);
        assertVerified();
    }

    @Test
    void aTamperedSignatureAndAnotherKeyAreRefused() throws Exception {
        String text = Files.readString(signature);
        int payload = text.indexOf("\"payload\"") + 40;
        String other = text.charAt(payload) == 'A' ? "B" : "A";
        Files.writeString(signature, text.substring(0, payload) + other + text.substring(payload + 1));
        assertRefused("or what it signs was changed");
        Files.writeString(signature, text);
        assertVerified();
        Path stranger = folder.resolve("stranger.pem");
        run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", stranger.toString());
        run("openssl", "ec", "-in", stranger.toString(), "-pubout", "-out", key.toString());
        assertRefused("is of none of the keys that you believe");
    }

    private void sign(Path what, Path secret) throws Exception {
        run(
                python.toString(),
                "-m",
                "model_signing",
                "sign",
                "key",
                what.toString(),
                "--private_key",
                secret.toString(),
                "--signature",
                signature.toString());
    }

    private void run(String... line) throws IOException, InterruptedException {
        Checkers.Ended ended = Checkers.run(folder, line);
        assertEquals(0, ended.code(), ended.text());
    }

    private void assertVerified() {
        StringWriter said = new StringWriter();
        assertEquals(0, verify(said), said.toString());
        assertTrue(said.toString().contains("the 3 files that were signed, and no other"), said.toString());
    }

    private void assertRefused(String why) {
        StringWriter said = new StringWriter();
        assertEquals(1, verify(said), said.toString());
        assertTrue(said.toString().contains(why), said.toString());
        assertTrue(said.toString().contains("NOT VERIFIED"), said.toString());
    }

    private int verify(StringWriter said) {
        return Main.run(
                new PrintWriter(said),
                new PrintWriter(said),
                "verify",
                model.toString(),
                "--bundle",
                signature.toString(),
                "--key",
                key.toString());
    }
}
