package dev.plumbline.controller.cli;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the one Workflow of a file. */
final class WorkflowFile {

    private WorkflowFile() {}

    static Map<String, @Nullable Object> read(Path file) {
        try {
            YamlDocuments yaml = YamlParser.parse(file.toString(), Files.readAllBytes(file));
            if (yaml.broken()) {
                throw wrong(yaml.findings().stream()
                        .filter(Finding::isError)
                        .findFirst()
                        .orElseThrow()
                        .toString());
            }
            if (yaml.documents().size() == 1 && yaml.documents().getFirst().value() instanceof Map<?, ?> map) {
                return Tree.cast(map);
            }
            throw wrong(file + " does not hold exactly one object");
        } catch (NoSuchFileException e) {
            throw wrong("there is no file " + file);
        } catch (IOException e) {
            throw wrong("cannot read " + file + ": " + e.getMessage());
        }
    }

    private static CommandException wrong(String message) {
        return new CommandException(CommandException.ENVIRONMENT, message);
    }
}
