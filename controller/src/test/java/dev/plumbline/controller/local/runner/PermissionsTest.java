package dev.plumbline.controller.local.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.argo.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermissionsTest {

    @TempDir
    private Path folder;

    @Test
    void aModeIsForTheFileOrWithRecursionForAllBelow() throws Exception {
        Path model = Files.createDirectories(folder.resolve("model/below"));
        Path file = Files.writeString(model.resolve("weights"), "1");
        Files.createSymbolicLink(model.resolve("link"), folder.resolve("nowhere"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        Permissions.give(new Artifact(Map.of("mode", 0500)), file);
        assertEquals("r-x------", of(file));
        Permissions.give(new Artifact(Map.of("mode", 0750)), folder.resolve("model"));
        assertEquals("rwxr-x---", of(folder.resolve("model")));
        assertEquals("r-x------", of(file), "without recursion nothing below is changed");
        Permissions.give(new Artifact(Map.of("mode", 0755, "recurseMode", true)), folder.resolve("model"));
        assertEquals("rwxr-xr-x", of(model));
        assertEquals("rwxr-xr-x", of(file));
    }

    @Test
    void withoutAModeOrAFileNothingIsDone() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "1");
        String before = of(file);
        Permissions.give(new Artifact(Map.of("recurseMode", true)), file);
        assertEquals(before, of(file));
        Permissions.give(new Artifact(Map.of("mode", 0755, "optional", true)), folder.resolve("nowhere"));
    }

    private static String of(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
