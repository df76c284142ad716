package dev.plumbline.tests.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and an API server and makes what the client sees worse, as a {@link Faults} says for each request. Plain
 * HTTP/1.1 towards the client, the administrator's TLS towards the server, and a connection of its own for each request, so
 * that an answer ends where its connection does.
 */
final class FaultProxy implements AutoCloseable {

    /** What happens to each request. */
    @FunctionalInterface
    interface Faults {
        Fault of(Request request);
    }

    /** A request as its client sent it. */
    record Request(String method, String target) {

        boolean isWatch() {
            return target.contains("watch=true");
        }

        /** Whether it is about objects of a resource, such as {@code configmaps}. */
        boolean isOf(String resource) {
            return target.matches(".*/" + resource + "([/?].*)?");
        }

        boolean isWrite() {
            return !method.equals("GET");
        }
    }

    private final URI server;
    private final SSLContext tls;
    private final InetSocketAddress address;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Socket> watches = ConcurrentHashMap.newKeySet();
    private final List<Request> seen = new CopyOnWriteArrayList<>();
    private volatile Faults faults = request -> Fault.NONE;
    private volatile @Nullable ServerSocket listener;

    private FaultProxy(URI server, SSLContext tls, ServerSocket listener) {
        this.server = server;
        this.tls = tls;
        this.listener = listener;
        this.address = (InetSocketAddress) listener.getLocalSocketAddress();
        Thread.ofVirtual().start(() -> accept(listener));
    }

    /** Opens one before the server that a kubeconfig names, which lets everything pass. */
    static FaultProxy before(Path kubeconfig) throws Exception {
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        SSLContext tls = SSLUtils.sslContext(SSLUtils.keyManagers(config), SSLUtils.trustManagers(config));
        ServerSocket listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        return new FaultProxy(URI.create(config.getMasterUrl()), tls, listener);
    }

    /** Writes a kubeconfig whose way leads through it. */
    Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(folder.resolve("through-proxy.kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: proxy, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: proxy, user: {}}]
                contexts: [{name: proxy, context: {cluster: proxy, user: proxy}}]
                current-context: proxy
                """.formatted(address.getPort()));
    }

    void faults(Faults now) {
        faults = now;
    }

    void heal() {
        faults(request -> Fault.NONE);
    }

    /** Requests so far, those that were not passed on included. */
    List<Request> seen() {
        return List.copyOf(seen);
    }

    /** Breaks every watch that is open. */
    int dropWatches() throws IOException {
        int dropped = 0;
        for (Socket watch : watches) {
            watch.close();
            dropped++;
        }
        return dropped;
    }

    /** From now on connections are refused, and those that are open break: as if the server had been killed. */
    void down() throws IOException {
        ServerSocket open = listener;
        listener = null;
        if (open != null) {
            open.close();
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** Listens again, on the same port. */
    void up() throws IOException {
        ServerSocket again = new ServerSocket();
        again.setReuseAddress(true);
        again.bind(address, 1024);
        listener = again;
        Thread.ofVirtual().start(() -> accept(again));
    }

    @Override
    public void close() throws IOException {
        down();
    }

    private void accept(ServerSocket open) {
        while (!open.isClosed()) {
            try {
                Socket client = open.accept();
                sockets.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // It went down.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            String head = head(in);
            if (head.isEmpty()) {
                return;
            }
            String[] first = head.substring(0, head.indexOf('\r')).split(" ", 3);
            Request request = new Request(first[0], first[1]);
            byte[] body = in.readNBytes(length(head));
            seen.add(request);
            Fault fault = faults.of(request);
            switch (fault) {
                case Fault.Instead instead -> client.getOutputStream().write(answer(instead));
                case Fault.Silent _ -> awaitEnd(client);
                case Fault.Begun begun -> {
                    client.getOutputStream()
                            .write(("HTTP/1.1 " + begun.code() + " Fault\r\nContent-Length: 100\r\n\r\n{")
                                    .getBytes(StandardCharsets.ISO_8859_1));
                    awaitEnd(client);
                }
                default -> pass(request, head, body, client, fault);
            }
        } catch (IOException | InterruptedException e) {
            return; // One of the two sides is gone; closing the other tells it.
        } finally {
            sockets.remove(client);
            watches.remove(client);
        }
    }

    private void pass(Request request, String head, byte[] body, Socket client, Fault fault)
            throws IOException, InterruptedException {
        try (Socket upstream = tls.getSocketFactory().createSocket(server.getHost(), server.getPort())) {
            OutputStream out = upstream.getOutputStream();
            out.write((head.replaceAll("(?im)^(connection|upgrade|http2-settings):.*\r\n", "")
                            + "Connection: close\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            if (request.isWatch()) {
                watches.add(client);
            }
            Thread.ofVirtual().start(() -> closeWith(client, upstream));
            relay(upstream.getInputStream(), client.getOutputStream(), fault);
        }
    }

    /** A client sends nothing after its request. */
    private static void awaitEnd(Socket client) throws IOException {
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /** When a client goes, nobody waits for the answer. */
    private static void closeWith(Socket client, Socket upstream) {
        try (upstream) {
            awaitEnd(client);
        } catch (IOException e) {
            return; // It is gone as well.
        }
    }

    private static void relay(InputStream in, OutputStream out, Fault fault) throws IOException, InterruptedException {
        byte[] buffer = new byte[1 << 16];
        int passed = 0;
        int count = in.read(buffer);
        while (count >= 0) {
            if (fault instanceof Fault.Cut cut) {
                int rest = Math.min(count, cut.after() - passed);
                out.write(buffer, 0, rest);
                passed += rest;
                if (passed == cut.after()) {
                    return;
                }
            } else if (fault instanceof Fault.Slow slow) {
                slowly(buffer, count, out, slow);
            } else {
                out.write(buffer, 0, count);
            }
            count = in.read(buffer);
        }
    }

    private static void slowly(byte[] bytes, int count, OutputStream out, Fault.Slow slow)
            throws IOException, InterruptedException {
        int piece = Math.max(1, count / slow.pieces());
        for (int from = 0; from < count; from += piece) {
            TimeUnit.MILLISECONDS.sleep(slow.pauseMillis());
            out.write(bytes, from, Math.min(piece, count - from));
        }
    }

    private static byte[] answer(Fault.Instead instead) {
        return ("HTTP/1.1 " + instead.code() + " Fault\r\nContent-Type: application/json\r\n" + instead.header()
                        + "Content-Length: " + instead.body().length() + "\r\nConnection: close\r\n\r\n"
                        + instead.body())
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The lines of a request up to its body, without the empty one; empty when none came. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0) {
            head.write(next);
            String text = next == '\n' ? head.toString(StandardCharsets.ISO_8859_1) : "";
            if (text.endsWith("\r\n\r\n")) {
                return text.substring(0, text.length() - 2);
            }
            next = in.read();
        }
        return "";
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
    }
}
