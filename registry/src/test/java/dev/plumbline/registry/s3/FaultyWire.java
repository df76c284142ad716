package dev.plumbline.registry.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A wire to a server that can lose the answers of writes, and count what is asked. */
final class FaultyWire implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final int to;
    private final ServerSocket listening;
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();

    FaultyWire(int to) throws IOException {
        this.to = to;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Cuts the connection instead of handing on the answers of the next writes. */
    void loseAnswers(int count) {
        lost.set(count);
    }

    /** How many answers are still to be lost. */
    int toLose() {
        return lost.get();
    }

    /** How many requests went through. */
    int requests() {
        return requests.get();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void accept() {
        while (!listening.isClosed()) {
            connect();
        }
    }

    private void connect() {
        try {
            Socket client = listening.accept();
            Wire wire = new Wire(client, new Socket(InetAddress.getLoopbackAddress(), to));
            Thread.ofVirtual().start(wire::forwardRequests);
            Thread.ofVirtual().start(wire::forwardAnswers);
        } catch (IOException e) {
            // Closed by the test, or the server is down: the client sees its connection end.
            return;
        }
    }

    /** One connection. */
    private final class Wire {

        private final Socket client;
        private final Socket server;
        private volatile boolean writing;

        Wire(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void forwardRequests() {
            byte[] buffer = new byte[BUFFER];
            try (client;
                    server) {
                for (int count = client.getInputStream().read(buffer);
                        count >= 0;
                        count = client.getInputStream().read(buffer)) {
                    String text = new String(buffer, 0, count, ISO_8859_1);
                    if (text.matches("(?s)(GET|PUT|HEAD|POST|DELETE) /.* HTTP/1.1\r\n.*")) {
                        requests.incrementAndGet();
                        writing = text.startsWith("PUT ");
                    }
                    server.getOutputStream().write(buffer, 0, count);
                }
            } catch (IOException e) {
                return;
            }
        }

        void forwardAnswers() {
            byte[] buffer = new byte[BUFFER];
            try (client;
                    server) {
                for (int count = server.getInputStream().read(buffer);
                        count >= 0;
                        count = server.getInputStream().read(buffer)) {
                    boolean interim = new String(buffer, 0, count, ISO_8859_1).startsWith("HTTP/1.1 100");
                    if (writing && !interim && lost.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) {
                        return;
                    }
                    client.getOutputStream().write(buffer, 0, count);
                }
            } catch (IOException e) {
                return;
            }
        }
    }
}
