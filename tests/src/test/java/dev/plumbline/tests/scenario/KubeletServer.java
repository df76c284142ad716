package dev.plumbline.tests.scenario;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * What the API server asks a kubelet about pods: their logs, and to run a command in them, of which there is one, by which Argo ends a
 * step before its time.
 */
final class KubeletServer implements AutoCloseable {

    private final HttpsServer server;
    private final Map<String, PodProcess> processes = new ConcurrentHashMap<>();

    private KubeletServer(HttpsServer server) {
        this.server = server;
    }

    /** Starts one. An API server believes any kubelet's certificate unless it is told otherwise, so it is the administrator's. */
    static KubeletServer start(Path kubeconfig) throws Exception {
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        SSLContext tls = SSLUtils.sslContext(SSLUtils.keyManagers(config), SSLUtils.trustManagers(config));
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        KubeletServer kubelet = new KubeletServer(server);
        server.createContext("/containerLogs/", kubelet::log);
        server.createContext("/exec/", kubelet::exec);
        server.start();
        return kubelet;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Answers about a pod from now on. */
    void begun(String namespace, String pod, PodProcess process) {
        processes.put(namespace + "/" + pod, process);
    }

    private void log(HttpExchange exchange) throws IOException {
        PodProcess process = processes.get(pod(exchange));
        if (process == null) {
            answer(exchange, 400, "container is waiting to start");
            return;
        }
        try (InputStream log = Files.newInputStream(process.log())) {
            exchange.sendResponseHeaders(200, 0);
            long limit = limit(exchange);
            exchange.getResponseBody().write(log.readNBytes((int) Math.min(limit, Integer.MAX_VALUE)));
        } finally {
            exchange.close();
        }
    }

    private static long limit(HttpExchange exchange) {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String limit = query.replaceFirst(".*limitBytes=(\\d+).*", "$1");
        return limit.equals(query) ? Long.MAX_VALUE : Long.parseLong(limit);
    }

    /** It is done, and not told over a stream, which Argo only notes. */
    private void exec(HttpExchange exchange) throws IOException {
        PodProcess process = processes.get(pod(exchange));
        if (process != null && exchange.getRequestURI().getPath().endsWith("/main")) {
            process.kill();
        }
        answer(exchange, 400, "done");
    }

    private static String pod(HttpExchange exchange) {
        String[] parts = exchange.getRequestURI().getPath().split("/", -1);
        return parts[2] + "/" + parts[3];
    }

    private static void answer(HttpExchange exchange, int code, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
