package dev.plumbline.registry.openlineage;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.lineage.LineageException;
import dev.plumbline.registry.lineage.LineageSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Appends events to a file, one a line. */
final class LineageFile implements LineageSink {

    private final Path file;

    LineageFile(Path file) {
        this.file = file;
    }

    @Override
    public void send(List<Map<String, @Nullable Object>> events) throws LineageException {
        StringBuilder lines = new StringBuilder();
        events.forEach(event -> lines.append(Json.write(event)).append('\n'));
        try {
            Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new LineageException(
                    "tried to append OpenLineage events to " + file + ", failed because of "
                            + e.getClass().getSimpleName() + ": " + e.getMessage() + "; make its folder, or free space",
                    true);
        }
    }

    @Override
    public void close() {
        // Nothing is held open between two runs.
    }
}
