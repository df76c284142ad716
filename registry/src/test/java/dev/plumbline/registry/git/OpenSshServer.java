package dev.plumbline.registry.git;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The real sshd on this machine, which shows one host key and lets one user key in as the user of this program. */
public final class OpenSshServer implements AutoCloseable {

    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private final Path folder;
    private final Process sshd;
    private final int port;

    private OpenSshServer(Path folder, Process sshd, int port) {
        this.folder = folder;
        this.sshd = sshd;
        this.port = port;
    }

    /**
     * Starts one; the test is skipped where there is no sshd.
     *
     * @param folder where its configuration and its log are
     * @param port its port; 0 for any free one
     */
    public static OpenSshServer start(Path folder, SshKeys hostKey, SshKeys userKey, int port) throws Exception {
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
        OpenSshServer server = new OpenSshServer(folder, sshd, chosen);
        server.await();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void await() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertTrue(sshd.isAlive(), log());
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new IOException("sshd does not listen: " + log());
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("sshd.log"));
    }

    /** Its port. */
    public int port() {
        return port;
    }

    @Override
    public void close() throws InterruptedException {
        sshd.destroy();
        assertTrue(sshd.waitFor(10, TimeUnit.SECONDS));
    }
}
