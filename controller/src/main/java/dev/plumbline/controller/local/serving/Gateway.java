package dev.plumbline.controller.local.serving;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lasting address of a service on loopback: passes each connection on to the model that serves when it is made. Connections
 * to a model that is replaced are closed with it.
 */
final class Gateway implements AutoCloseable {

    private static final int BACKLOG = 64;
    private static final int CONNECT_MILLIS = 2_000;

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;

    private Gateway(ServerSocket server) {
        this.server = server;
    }

    /**
     * Opens an address, and says no to everybody until there is a model.
     *
     * @param wanted the port that the service had before, which it keeps when it is free; 0 for any
     * @throws IOException when no port can be opened
     */
    static Gateway open(int wanted) throws IOException {
        Gateway gateway = new Gateway(listen(wanted));
        Thread.ofPlatform().daemon().name("gateway-" + gateway.port()).start(gateway::accept);
        return gateway;
    }

    private static ServerSocket listen(int wanted) throws IOException {
        try {
            return new ServerSocket(wanted, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            if (wanted == 0) {
                throw e;
            }
            return new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many sockets are held, to callers and to the model. */
    int sockets() {
        return open.size();
    }

    /** From now on new connections go to this loopback port. */
    void to(int port) {
        target = port;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofPlatform().daemon().name("gateway-to-" + target).start(() -> pass(client));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    System.getLogger(Gateway.class.getName())
                            .log(System.Logger.Level.WARNING, "port " + port() + " took no connection", e);
                }
            }
        }
    }

    private void pass(Socket client) {
        Socket model = new Socket();
        try (client;
                model) {
            open.add(client);
            open.add(model);
            if (server.isClosed()) {
                return;
            }
            model.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
            Thread back = Thread.ofPlatform().daemon().name("gateway-back").start(() -> copy(model, client));
            copy(client, model);
            back.join();
        } catch (IOException e) {
            // The caller sees a closed connection, as with any server that is not there.
            System.getLogger(Gateway.class.getName())
                    .log(System.Logger.Level.DEBUG, "port " + port() + " has no model to pass to: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
            open.remove(model);
        }
    }

    /** Passes one direction on until it ends, and says so to the other side. */
    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            closeBoth(from, to);
        }
    }

    private static void closeBoth(Socket one, Socket other) {
        for (Socket socket : new Socket[] {one, other}) {
            try {
                socket.close();
            } catch (IOException e) {
                System.getLogger(Gateway.class.getName()).log(System.Logger.Level.DEBUG, "closing " + socket, e);
            }
        }
    }
}
