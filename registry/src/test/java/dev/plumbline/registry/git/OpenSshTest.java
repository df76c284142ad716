package dev.plumbline.registry.git;

import org.junit.jupiter.api.Tag;

/** The real sshd. */
@Tag("cluster")
class OpenSshTest extends SshSourceContract {

    @Override
    protected Server start(SshKeys hostKey, SshKeys userKey, int port) throws Exception {
        OpenSshServer server = OpenSshServer.start(folder, hostKey, userKey, port);
        return new Server() {
            @Override
            public int port() {
                return server.port();
            }

            @Override
            public void close() throws InterruptedException {
                server.close();
            }
        };
    }
}
