package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/** The permissions of an input artifact's files. */
final class Permissions {

    private Permissions() {}

    /** Gives an artifact that lies at a path the permissions that it declares, if any; as Argo does, files and folders the same. */
    static void give(Artifact artifact, Path path) throws IOException {
        Integer mode = artifact.mode();
        if (mode == null || !Files.exists(path)) {
            return;
        }
        Set<PosixFilePermission> permissions = of(mode);
        if (!artifact.recurseMode()) {
            Files.setPosixFilePermissions(path, permissions);
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            // The innermost first: a folder may become one that cannot be entered.
            for (Path file : files.toList().reversed()) {
                if (!Files.isSymbolicLink(file)) {
                    Files.setPosixFilePermissions(file, permissions);
                }
            }
        }
    }

    private static Set<PosixFilePermission> of(int mode) {
        StringBuilder text = new StringBuilder("rwxrwxrwx");
        for (int bit = 0; bit < text.length(); bit++) {
            if ((mode >> (text.length() - 1 - bit) & 1) == 0) {
                text.setCharAt(bit, '-');
            }
        }
        return PosixFilePermissions.fromString(text.toString());
    }
}
