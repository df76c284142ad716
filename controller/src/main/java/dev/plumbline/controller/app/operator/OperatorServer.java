package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.app.StartException;
import dev.plumbline.controller.web.ApiException;
import dev.plumbline.controller.web.ApiServer;
import dev.plumbline.controller.web.Route;
import dev.plumbline.registry.metrics.Metrics;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What the controller answers over HTTP: whether it lives, whether it is ready, what it counted, and questions about syncs. */
final class OperatorServer implements AutoCloseable {

    private final ApiServer server;

    private OperatorServer(ApiServer server) {
        this.server = server;
    }

    /**
     * Starts it.
     *
     * @param trouble why the program is not ready; empty while it is
     * @param questions what may be asked about syncs
     * @throws StartException when the port is taken
     */
    static OperatorServer start(OperatorOptions options, Metrics metrics, Supplier<String> trouble, Questions questions)
            throws StartException {
        List<Route> routes = new ArrayList<>(questions.routes());
        routes.addAll(List.of(
                Route.get("/healthz", request -> new Route.Text("text/plain", "ok\n")),
                Route.get("/readyz", request -> ready(trouble.get())),
                Route.get(
                        "/metrics",
                        request -> new Route.Text("text/plain; version=0.0.4; charset=utf-8", metrics.text()))));
        try {
            return new OperatorServer(ApiServer.startReadOnly(options.host(), options.port(), routes));
        } catch (BindException e) {
            throw new StartException("cannot listen on " + options.host() + ":" + options.port() + ": " + e.getMessage()
                    + "; choose another with --port");
        }
    }

    private static Route.Text ready(String trouble) throws ApiException {
        if (!trouble.isEmpty()) {
            throw new ApiException(503, trouble);
        }
        return new Route.Text("text/plain", "ok\n");
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
