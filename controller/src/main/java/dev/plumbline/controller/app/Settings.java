package dev.plumbline.controller.app;

import dev.plumbline.controller.local.python.MlflowServer;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is chosen once per data folder.
 *
 * @param mlflowPort port of its MLflow: the usual one unless it was taken when the folder was made
 * @param salt secret of the store, for digests of persons
 */
record Settings(int mlflowPort, String salt) {

    private static final int SALT_BYTES = 16;

    static Settings ensure(Path file) throws StartException {
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[SALT_BYTES];
                new SecureRandom().nextBytes(random);
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                map.put("mlflowPort", (long) choosePort());
                map.put("salt", HexFormat.of().formatHex(random));
                Path fresh = file.resolveSibling(file.getFileName() + ".new");
                Files.write(fresh, Json.bytes(map));
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            Map<String, @Nullable Object> map = Json.parseObject(Files.readAllBytes(file));
            if (map.get("mlflowPort") instanceof Long port && map.get("salt") instanceof String salt) {
                return new Settings(port.intValue(), salt);
            }
            throw new StartException("the settings in " + file + " are not complete; restore the file");
        } catch (IOException | JsonException e) {
            throw new StartException("cannot use the settings in " + file + ": " + e.getMessage());
        }
    }

    private static int choosePort() throws IOException {
        if (MlflowServer.free(ShippedRepository.MLFLOW_PORT)) {
            return ShippedRepository.MLFLOW_PORT;
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
