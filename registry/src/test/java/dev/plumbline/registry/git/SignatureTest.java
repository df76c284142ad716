package dev.plumbline.registry.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.Ref;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.source.Tip;
import dev.plumbline.registry.source.Verification;
import dev.plumbline.registry.source.Verification.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signatures by the real git with ssh-keygen. */
class SignatureTest {

    @TempDir
    private Path folder;

    private TestRepository work;
    private SshKeys ada;
    private SshKeys eve;
    private GitSource source;

    @BeforeEach
    void make() throws Exception {
        work = new TestRepository(folder.resolve("work"));
        ada = SshKeys.make(folder.resolve("keys/ada"), "ed25519", "");
        eve = SshKeys.make(folder.resolve("keys/eve"), "ed25519", "");
        work.git("config", "gpg.format", "ssh");
        source = GitSource.open(work.folder().toString(), folder.resolve("mirror"));
    }

    @AfterEach
    void close() throws IOException {
        source.close();
    }

    private CommitId signed(SshKeys by, String message) throws IOException {
        work.git("-c", "user.signingKey=" + by.privateFile(), "commit", "-q", "--allow-empty", "-S", "-m", message);
        return work.head();
    }

    private void tag(SshKeys by, String name) throws IOException {
        work.git("-c", "user.signingKey=" + by.privateFile(), "tag", "-s", name, "-m", "release");
    }

    private static String allowed(SshKeys key, String options) throws IOException {
        return "# those who may\nada@example.org " + options + key.publicKey() + "\n";
    }

    private Verification asks(Subject subject) throws IOException {
        return new Verification(subject, allowed(ada, ""), "");
    }

    private void assertRefused(Ref ref, Verification verification, String why) throws Exception {
        Tip tip = source.poll(ref);
        SourceException refused = assertThrows(SourceException.class, () -> source.verify(tip, verification));
        assertTrue(refused.toString().contains(why), refused.toString());
        assertFalse(refused.retryable());
    }

    @Test
    void aCommitOfAnAllowedSignerCounts() throws Exception {
        CommitId head = signed(ada, "first");
        Tip tip = source.poll(new Ref.Branch("main"));

        assertEquals(head, tip.commit());
        assertEquals(
                List.of("ssh signer ada@example.org with key " + ada.fingerprint()),
                source.verify(tip, asks(Subject.HEAD)));
        assertEquals(List.of(), source.verify(tip, Verification.NONE));
    }

    @Test
    void whatIsNotSignedIsRefused() throws Exception {
        signed(ada, "first");
        CommitId plain = work.commit("plain");

        assertRefused(new Ref.Branch("main"), asks(Subject.HEAD), "commit " + plain + " is not signed");
    }

    @Test
    void aSignerWhoIsNotAllowedIsRefusedWithTheKey() throws Exception {
        signed(eve, "first");

        assertRefused(new Ref.Branch("main"), asks(Subject.HEAD), eve.fingerprint());
        assertRefused(new Ref.Branch("main"), new Verification(Subject.HEAD, "", "keys"), "no ssh signers are allowed");
    }

    @Test
    void aCommitThatWasChangedAfterItWasSignedIsRefused() throws Exception {
        signed(ada, "first");
        String changed = work.git("cat-file", "commit", "HEAD").replace("first", "other") + "\n";
        Path file = Files.writeString(folder.resolve("changed"), changed);
        work.git("update-ref", "refs/heads/main", work.git("hash-object", "-t", "commit", "-w", file.toString()));

        assertRefused(new Ref.Branch("main"), asks(Subject.HEAD), "does not count");
    }

    @Test
    void policyIsNeverTakenFromTheRepository() throws Exception {
        Files.writeString(work.folder().resolve("allowed"), allowed(eve, ""));
        work.git(
                "config",
                "gpg.ssh.allowedSignersFile",
                work.folder().resolve("allowed").toString());
        work.git("add", "allowed");
        signed(eve, "with a policy of its own");

        assertRefused(new Ref.Branch("main"), asks(Subject.HEAD), eve.fingerprint());
    }

    @Test
    void anAllowedSignerCountsOnlyAsItsLineSays() throws Exception {
        signed(ada, "first");
        for (String options :
                List.of("namespaces=\"file\" ", "valid-before=\"20200101\" ", "valid-after=\"20990101\" ")) {
            Verification verification = new Verification(Subject.HEAD, allowed(ada, options), "");
            assertRefused(new Ref.Branch("main"), verification, "does not count");
        }
        Tip tip = source.poll(new Ref.Branch("main"));
        assertEquals(
                1,
                source.verify(tip, new Verification(Subject.HEAD, allowed(ada, "namespaces=\"git\" "), ""))
                        .size());
    }

    @Test
    void aTagIsVerifiedItselfAndUnderItsOwnName() throws Exception {
        work.commit("not signed");
        tag(ada, "v1.0.0");
        work.git("tag", "light");
        work.git("tag", "-a", "plain", "-m", "not signed");
        Tip tip = source.poll(new Ref.Tag("v1.0.0"));
        assertEquals(
                List.of("ssh signer ada@example.org with key " + ada.fingerprint()),
                source.verify(tip, asks(Subject.TAG)));

        assertRefused(new Ref.Tag("v1.0.0"), asks(Subject.TAG_AND_HEAD), "is not signed");
        assertRefused(new Ref.Tag("light"), asks(Subject.TAG), "no annotated tag");
        assertRefused(new Ref.Tag("plain"), asks(Subject.TAG), "tag plain is not signed");
        assertRefused(new Ref.Branch("main"), asks(Subject.TAG), "no annotated tag");
        work.git("update-ref", "refs/tags/v2.0.0", "refs/tags/v1.0.0");
        assertRefused(new Ref.Tag("v2.0.0"), asks(Subject.TAG), "calls itself v1.0.0");

        signed(ada, "signed");
        tag(ada, "v3.0.0");
        assertEquals(
                2,
                source.verify(source.poll(new Ref.Tag("v3.0.0")), asks(Subject.TAG_AND_HEAD))
                        .size());
        signed(eve, "by another");
        tag(ada, "v4.0.0");
        assertRefused(new Ref.Tag("v4.0.0"), asks(Subject.TAG_AND_HEAD), eve.fingerprint());
    }
}
