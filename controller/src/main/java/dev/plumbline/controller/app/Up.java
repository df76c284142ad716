package dev.plumbline.controller.app;

import dev.plumbline.controller.status.Notice;
import dev.plumbline.controller.web.ApiServer;
import java.io.PrintWriter;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** {@code plumbline up}: the whole program on one machine. */
public final class Up implements AutoCloseable {

    private final DataFolder folder;
    private final Engine engine;
    private final ApiServer server;

    private Up(DataFolder folder, Engine engine, ApiServer server) {
        this.folder = folder;
        this.engine = engine;
        this.server = server;
    }

    /**
     * Starts everything and returns.
     *
     * @param notices hears what happens, from many threads
     * @throws StartException when it cannot start; nothing is left running then
     */
    public static Up start(UpOptions options, Consumer<Notice> notices) throws StartException {
        DataFolder folder = DataFolder.open(options.data());
        Engine engine = null;
        try {
            engine = Engine.open(options, folder, notices);
            ApiServer server = serve(options.port(), folder.token(), Routes.of(engine));
            folder.announce(server.port());
            engine.start();
            return new Up(folder, engine, server);
        } catch (StartException e) {
            if (engine != null) {
                engine.close();
            }
            folder.close();
            throw e;
        }
    }

    /**
     * Starts everything, prints what happens, and ends cleanly when the process is told to.
     *
     * @throws StartException when it cannot start
     */
    public static void run(UpOptions options, PrintWriter out) throws StartException, InterruptedException {
        Console console = new Console(out, Terminal.wantsColours());
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (Up up = start(options, console::print)) {
            up.header().forEach(console::print);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                told.countDown();
                try {
                    ended.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            told.await();
            console.print("ending …");
        } finally {
            ended.countDown();
        }
    }

    /** The port of its API. */
    public int port() {
        return server.port();
    }

    /** Where the repository is: the place to edit. */
    public String repository() {
        return engine.url();
    }

    @Override
    public void close() {
        server.close();
        engine.close();
        folder.close();
    }

    private List<String> header() {
        return List.of(
                "Plumbline keeps " + engine.url() + " (" + engine.sync().spec().path() + ") applied here.",
                "  edit and commit there; in another terminal: ./plumbline run model-training-template --watch",
                "  API on http://127.0.0.1:" + port() + ", metrics on /metrics; Ctrl-C ends it",
                "");
    }

    private static ApiServer serve(int port, String token, List<dev.plumbline.controller.web.Route> routes)
            throws StartException {
        try {
            return ApiServer.start(port, token, routes);
        } catch (BindException e) {
            throw new StartException("port " + port + " is in use by another program; choose another one with --port");
        }
    }
}
