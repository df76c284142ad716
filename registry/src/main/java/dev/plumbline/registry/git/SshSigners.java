package dev.plumbline.registry.git;

import dev.plumbline.registry.model.Digest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.GpgConfig;
import org.eclipse.jgit.lib.GpgConfig.GpgFormat;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.SignatureVerifier;
import org.eclipse.jgit.lib.SignatureVerifier.SignatureVerification;
import org.eclipse.jgit.lib.SignatureVerifier.TrustLevel;
import org.eclipse.jgit.lib.SignatureVerifiers;

/**
 * Signatures by ssh keys, as {@code gpg.ssh.allowedSignersFile} has them. JGit reads the allowed signers from a file, so their
 * text lies beside the mirror under its own digest; it holds public keys alone.
 */
final class SshSigners {

    private static final String FOLDER = "plumbline-signers";

    private SshSigners() {}

    /** Who signed it: the signer's name in the allowed signers, and the key. */
    static String verify(Repository mirror, String allowedSigners, byte[] content, byte[] signature)
            throws SignatureRefusedException, IOException {
        Config policy = new Config();
        policy.setString("gpg", null, "format", "ssh");
        policy.setString(
                "gpg",
                "ssh",
                "allowedSignersFile",
                file(mirror.getDirectory(), allowedSigners).toString());
        SignatureVerifier verifier = SignatureVerifiers.get(GpgFormat.SSH);
        if (verifier == null) {
            throw new IOException("this program was built without its ssh signatures");
        }
        SignatureVerification found;
        try {
            found = verifier.verify(mirror, new GpgConfig(policy), content, signature);
        } catch (RuntimeException e) {
            // Parsers of this library answer broken bytes with exceptions of any kind.
            throw new SignatureRefusedException("it cannot be read");
        }
        if (!found.verified() || found.expired() || found.trustLevel() != TrustLevel.FULL) {
            String key = found.keyFingerprint() == null ? "" : " (key " + found.keyFingerprint() + ")";
            throw new SignatureRefusedException((found.message() == null ? "it is wrong" : found.message()) + key);
        }
        return "ssh signer " + found.keyUser() + " with key " + found.keyFingerprint();
    }

    private static Path file(File mirror, String allowedSigners) throws IOException {
        Path folder = Files.createDirectories(mirror.toPath().resolve(FOLDER));
        Path file = folder.resolve(Digest.of(allowedSigners).hex());
        if (!Files.exists(file)) {
            Path fresh = Files.createTempFile(folder, "new-", "");
            Files.writeString(fresh, allowedSigners);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }
}
