package dev.plumbline.registry.openlineage;

import dev.plumbline.registry.lineage.LineageSink;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Reads where an operator wants events to go. */
public final class LineagePlace {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private LineagePlace() {}

    /**
     * The sink at a place.
     *
     * @param place an {@code http(s)://} address, or a file
     * @param key sent to an endpoint as its bearer token; empty for none
     * @throws IllegalArgumentException when it is none, with a message for whoever gave it
     */
    public static LineageSink of(String place, String key) {
        if (!place.toLowerCase(Locale.ROOT).matches("https?://.*")) {
            try {
                return new LineageFile(Path.of(place));
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException(
                        "the name of the file for OpenLineage events cannot be read: " + e.getReason(), e);
            }
        }
        try {
            URI address = new URI(place);
            if (address.getHost() == null || address.getRawUserInfo() != null || address.getRawQuery() != null) {
                throw new IllegalArgumentException(
                        "an address for OpenLineage events has a host, and neither a user nor a query; give a key in the"
                                + " environment variable OPENLINEAGE_API_KEY");
            }
            return new LineageEndpoint(address, key, TIMEOUT);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "the address for OpenLineage events cannot be read: " + e.getReason(), e);
        }
    }
}
