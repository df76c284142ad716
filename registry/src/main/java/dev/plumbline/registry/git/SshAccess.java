package dev.plumbline.registry.git;

import dev.plumbline.registry.source.Credentials.Login;
import dev.plumbline.registry.source.Secret;
import dev.plumbline.registry.source.SourceException;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Sessions over ssh with one key and pinned hosts. Nothing of this user's ssh is looked at: no configuration, keys, agent or
 * known hosts.
 *
 * @param sessions makes the sessions
 * @param hosts decides which server is spoken to
 */
record SshAccess(SshdSessionFactory sessions, PinnedHosts hosts) {

    /**
     * Prepares sessions.
     *
     * @param nowhere a folder that holds nothing of ssh
     * @throws SourceException when the key or the known hosts cannot be read
     */
    static SshAccess of(Address address, Login login, File nowhere) throws SourceException {
        if (!(login instanceof Login.SshKey key)) {
            throw Remote.refused(
                    address,
                    "an ssh address is entered with a private key and pinned host keys, and none are given",
                    "give both, or use the repository's https:// address");
        }
        List<KeyPair> keys = keys(address, key.privateKey(), key.passphrase());
        PinnedHosts hosts = PinnedHosts.parse(address, key.knownHosts());
        SshdSessionFactory sessions = new SshdSessionFactoryBuilder()
                .setHomeDirectory(nowhere)
                .setSshDirectory(new File(nowhere, "no-ssh"))
                .setConfigStoreFactory((home, file, user) -> null)
                .setConnectorFactory(null)
                .setPreferredAuthentications("publickey")
                .setDefaultKeysProvider(folder -> keys)
                .setServerKeyDatabase((home, folder) -> hosts)
                .build(null);
        return new SshAccess(sessions, hosts);
    }

    private static List<KeyPair> keys(Address address, Secret privateKey, @Nullable Secret passphrase)
            throws SourceException {
        FilePasswordProvider password =
                passphrase == null ? FilePasswordProvider.EMPTY : FilePasswordProvider.of(passphrase.value());
        byte[] text = (privateKey.value().strip() + "\n").getBytes(StandardCharsets.UTF_8);
        List<KeyPair> keys = new ArrayList<>();
        try {
            Iterable<KeyPair> read = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName("the private key"), new ByteArrayInputStream(text), password);
            if (read != null) {
                read.forEach(keys::add);
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Parsers of this library answer broken bytes with exceptions of any kind.
            keys.clear();
        }
        if (keys.isEmpty()) {
            throw Remote.refused(
                    address,
                    "the private key cannot be read" + (passphrase == null ? "" : " with its passphrase"),
                    "give a key as ssh-keygen writes it, and its passphrase where it has one");
        }
        return keys;
    }
}
