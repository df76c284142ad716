package dev.plumbline.tests.architecture.bad.registry.render;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongSupplier;

/** Takes what a room must be given. */
public final class Impure {

    /** The machine's time. */
    public Instant now() {
        return Instant.now();
    }

    /** The same, through a reference. */
    public LongSupplier nanos() {
        return System::nanoTime;
    }

    /** The machine's clock. */
    public Clock clock() {
        return Clock.systemUTC();
    }

    /** Environment. */
    public String environment() {
        return System.getenv("HOME") + System.getProperty("user.dir");
    }

    /** Randomness. */
    public String random() {
        return UUID.randomUUID() + "" + new Random(1).nextInt();
    }

    /** A file. */
    public String file() throws IOException {
        return Files.readString(Path.of("/etc/hostname"));
    }

    /** Network. */
    public void network(Socket socket) throws IOException {
        socket.close();
    }

    /** A thread. */
    public Thread thread() {
        return Thread.currentThread();
    }

    /** Pure: the clock is an argument. */
    public LocalDate given(Clock clock) {
        return LocalDate.now(clock);
    }

    /** Pure: a name that opens nothing. */
    public URI address(String text) {
        return URI.create(text);
    }
}
