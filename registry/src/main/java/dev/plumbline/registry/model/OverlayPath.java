package dev.plumbline.registry.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The path of an overlay as people write it: {@code .}, {@code ./overlays/dev} and {@code overlays//dev/} are taken. */
public final class OverlayPath {

    private OverlayPath() {}

    /**
     * The path from the repository's root, without {@code .} and empty parts.
     *
     * @param written what somebody wrote
     * @return empty text for the root; nothing where it is absolute or has a part {@code ..}
     */
    public static Optional<String> of(String written) {
        List<String> parts = new ArrayList<>(List.of(written.split("/", -1)));
        parts.removeIf(part -> part.isEmpty() || part.equals("."));
        return written.startsWith("/") || parts.contains("..")
                ? Optional.empty()
                : Optional.of(String.join("/", parts));
    }
}
