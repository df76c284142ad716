package dev.plumbline.registry.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The real {@code git http-backend} behind a web server on this machine, with or without TLS and credentials. */
public final class HttpBackend implements AutoCloseable {

    private final Path root;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private final Queue<String> authorizations = new ConcurrentLinkedQueue<>();
    private volatile int status;
    private volatile @Nullable String asked;
    private volatile @Nullable String elsewhere;

    /** Without TLS. */
    public HttpBackend(Path root) throws IOException {
        this(root, null);
    }

    /** With TLS, unless that is null. */
    public HttpBackend(Path root, @Nullable SSLContext tls) throws IOException {
        this.root = root;
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = tls == null ? HttpServer.create(address, 0) : HttpsServer.create(address, 0);
        if (server instanceof HttpsServer secure) {
            secure.setHttpsConfigurator(new HttpsConfigurator(tls));
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The address of a repository below the root. */
    public String url(String path) {
        return (server instanceof HttpsServer ? "https" : "http") + "://localhost:"
                + server.getAddress().getPort() + "/" + path;
    }

    /** Answers from now on only who sends this header; everybody for null. */
    public void ask(@Nullable String authorization) {
        asked = authorization;
    }

    /** Sends everybody to another server from now on. */
    void redirect(String to) {
        elsewhere = to;
    }

    /** The Authorization headers that came; empty for none. */
    Queue<String> authorizations() {
        return authorizations;
    }

    int requests() {
        return requests.get();
    }

    /** Answers everything with this from now on; 0 ends that. */
    void refuse(int with) {
        status = with;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        authorizations.add(header(exchange, "Authorization"));
        try (exchange) {
            int refused = refused(exchange);
            if (refused != 0) {
                exchange.sendResponseHeaders(refused, -1);
                return;
            }
            Process backend = start(exchange);
            try (OutputStream in = backend.getOutputStream()) {
                exchange.getRequestBody().transferTo(in);
            }
            try (InputStream out = backend.getInputStream()) {
                int code = 200;
                for (String line = line(out); !line.isEmpty(); line = line(out)) {
                    String[] header = line.split(": ", 2);
                    if (header[0].equals("Status")) {
                        code = Integer.parseInt(header[1].substring(0, 3));
                    } else {
                        exchange.getResponseHeaders().add(header[0], header[1]);
                    }
                }
                exchange.sendResponseHeaders(code, 0);
                out.transferTo(exchange.getResponseBody());
            }
        }
    }

    /** The status that refuses a request; 0 when it is answered. */
    private int refused(HttpExchange exchange) {
        if (elsewhere != null) {
            exchange.getResponseHeaders().add("Location", elsewhere + exchange.getRequestURI());
            return 302;
        }
        int refused = asked != null && !asked.equals(header(exchange, "Authorization")) ? 401 : status;
        if (refused == 401) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"private\"");
        }
        return refused;
    }

    private Process start(HttpExchange exchange) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("git", "http-backend").redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", root.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        environment.put("QUERY_STRING", String.valueOf(exchange.getRequestURI().getRawQuery()));
        environment.put("CONTENT_TYPE", header(exchange, "Content-Type"));
        environment.put("HTTP_CONTENT_ENCODING", header(exchange, "Content-Encoding"));
        environment.put("GIT_PROTOCOL", header(exchange, "Git-Protocol"));
        return builder.start();
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
