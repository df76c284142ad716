package dev.plumbline.tests.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** With what was captured once and is kept as golden files. */
class StoredByArgoTest extends StoredByArgoContract {

    @Override
    @Nullable
    Path captured(Path folder) {
        Path captured = folder.resolve("captured");
        return Files.isDirectory(captured) ? captured : null;
    }
}
