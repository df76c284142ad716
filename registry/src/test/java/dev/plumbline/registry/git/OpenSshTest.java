package dev.plumbline.registry.git;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;

/** The real sshd. */
@Tag("cluster")
class OpenSshTest extends SshSourceContract {

    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    @Override
    protected Server start(SshKeys hostKey, SshKeys userKey, int port) throws Exception {
        Program.requires("sshd");
        int chosen = port == 0 ? freePort() : port;
        Path authorized = Files.writeString(folder.resolve("authorized_keys"), userKey.publicKey() + "\n");
        Path configuration = Files.writeString(
                folder.resolve("sshd_config"),
                String.join(
                        "\n",
                        "Port " + chosen,
                        "ListenAddress 127.0.0.1",
                        "HostKey " + hostKey.privateFile(),
                        "AuthorizedKeysFile " + authorized,
                        "PidFile none",
                        "StrictModes no",
                        "PermitRootLogin yes",
                        "PasswordAuthentication no",
                        "KbdInteractiveAuthentication no",
                        ""));
        Files.createDirectories(Path.of("/run/sshd"));
        Process sshd = new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
        await(sshd, chosen);
        return new Server() {
            @Override
            public int port() {
                return chosen;
            }

            @Override
            public void close() throws InterruptedException {
                sshd.destroy();
                assertTrue(sshd.waitFor(10, TimeUnit.SECONDS));
            }
        };
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void await(Process sshd, int port) throws Exception {
        for (int i = 0; i < 100; i++) {
            assertTrue(sshd.isAlive(), Files.readString(folder.resolve("sshd.log")));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new IOException("sshd does not listen: " + Files.readString(folder.resolve("sshd.log")));
    }
}
