package dev.plumbline.registry.oci;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * User names and passwords for registries, from the file {@code config.json} that docker, podman and others write. Programs that such
 * a file names as keepers of credentials are not started.
 */
public final class RegistryCredentials {

    /** For nobody. */
    public static final RegistryCredentials NONE = new RegistryCredentials(Map.of());

    private static final long MAX_BYTES = 1024 * 1024;

    private final Map<String, @Nullable Object> auths;

    private RegistryCredentials(Map<String, @Nullable Object> auths) {
        this.auths = auths;
    }

    /**
     * Those of a file.
     *
     * @return {@link #NONE} where there is no such file
     * @throws IOException when it is there and cannot be read, with the reason
     */
    public static RegistryCredentials of(Path file) throws IOException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("tried to read " + file + ", failed because it is longer than 1 MiB");
            }
            return new RegistryCredentials(Tree.map(Json.parseObject(Files.readAllBytes(file)), "auths"));
        } catch (NoSuchFileException e) {
            return NONE;
        } catch (JsonException e) {
            throw new IOException("tried to read " + file + ", failed because " + e.getMessage(), e);
        }
    }

    /** The credentials for a registry as HTTP's basic authentication has them; empty when there are none. */
    Optional<String> basic(ImageName image) {
        String key = image.credentialsKey();
        Map<String, @Nullable Object> entry = Tree.map(auths, auths.containsKey(key) ? key : "https://" + key);
        String encoded = Tree.text(entry, "auth");
        if (encoded.isEmpty() && !Tree.text(entry, "username").isEmpty()) {
            encoded = Base64.getEncoder()
                    .encodeToString((Tree.text(entry, "username") + ":" + Tree.text(entry, "password"))
                            .getBytes(StandardCharsets.UTF_8));
        }
        return encoded.isEmpty() || !encoded.matches("[A-Za-z0-9+/=]+")
                ? Optional.empty()
                : Optional.of("Basic " + encoded);
    }
}
