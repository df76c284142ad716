package dev.plumbline.registry.git;

import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;

/** A server in this process, which runs the real git-upload-pack. */
class MinaSshTest extends SshSourceContract {

    @Override
    protected Server start(SshKeys hostKey, SshKeys userKey, int port) throws Exception {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("localhost");
        server.setPort(port);
        server.setKeyPairProvider(KeyPairProvider.wrap(keys(hostKey)));
        var allowed = PublicKeyEntry.parsePublicKeyEntry(userKey.publicKey()).resolvePublicKey(null, null, null);
        server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, allowed));
        server.setCommandFactory(new ProcessShellCommandFactory());
        server.start();
        return new Server() {
            @Override
            public int port() {
                return server.getPort();
            }

            @Override
            public void close() throws IOException {
                server.stop(true);
            }
        };
    }

    private static List<KeyPair> keys(SshKeys keys) throws IOException, GeneralSecurityException {
        try (var file = Files.newInputStream(keys.privateFile())) {
            return List.copyOf(
                    (java.util.Collection<KeyPair>) SecurityUtils.loadKeyPairIdentities(null, null, file, null));
        }
    }
}
