package dev.plumbline.registry.s3;

import dev.plumbline.registry.git.Program;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The real S3 server of tests/parts over a folder, with one bucket. */
public final class Versitygw implements AutoCloseable {

    public static final String BUCKET = "evidence";
    public static final String ACCESS_KEY = "plumbline";
    public static final String SECRET_KEY = "canary-s3cret";

    private static final int BUILD_MINUTES = 20;

    private final Path folder;
    private final int port;
    private Process process;

    private Versitygw(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** The server of a contract test: the one that it has, else a fresh one. */
    static Versitygw of(@Nullable Versitygw running, Path folder) {
        try {
            return running == null ? start(folder) : running;
        } catch (RuntimeException e) {
            throw e; // Such as an assumption that does not hold.
        } catch (Exception e) {
            throw new IllegalStateException("versitygw did not start", e);
        }
    }

    /** Starts one. */
    public static Versitygw start(Path folder) throws Exception {
        Program.requires("go");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.createDirectories(folder.resolve("data").resolve(BUCKET));
        Versitygw server = new Versitygw(folder, port);
        server.start();
        return server;
    }

    void start() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        program().toString(),
                        "--port",
                        "127.0.0.1:" + port,
                        "posix",
                        folder.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().put("ROOT_ACCESS_KEY", ACCESS_KEY);
        builder.environment().put("ROOT_SECRET_KEY", SECRET_KEY);
        process = builder.start();
        for (int i = 0; i < 200; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    break;
                }
                Thread.sleep(50);
            }
        }
        throw new IOException("versitygw did not start: " + Files.readString(folder.resolve("log")));
    }

    public int port() {
        return port;
    }

    /** What the server holds of the bucket, as files. */
    public Path data() {
        return folder.resolve("data").resolve(BUCKET);
    }

    static S3Settings settings(int port, String bucket) {
        return S3Settings.parse(
                "s3://" + bucket + "/team/?region=us-east-1&pathStyle=true&endpoint=http://127.0.0.1:" + port);
    }

    static AwsCredentialsProvider credentials(String secret) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, secret));
    }

    public Stores open() throws StoreException {
        return open(port);
    }

    /** Opens the stores through a port that leads to this server. */
    static Stores open(int port) throws StoreException {
        return S3Stores.open(settings(port, BUCKET), credentials(SECRET_KEY), Duration.ofSeconds(2));
    }

    /** Kills the server. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private static Path program() throws Exception {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(here.resolve("tests/parts/part"))) {
            here = here.getParent();
        }
        Process part = new ProcessBuilder(here.resolve("tests/parts/part").toString(), "versitygw")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!part.waitFor(BUILD_MINUTES, TimeUnit.MINUTES) || part.exitValue() != 0) {
            throw new IOException("the part versitygw was not built");
        }
        return Path.of(printed.strip()).resolve("versitygw");
    }
}
