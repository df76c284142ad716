package dev.plumbline.registry.yaml;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.model.Location;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads YAML as kustomize does: scalars by its rules, merge keys expanded, aliases copied. What kubectl would read
 * differently, and what neither accepts, is a located Finding.
 */
public final class YamlParser {

    /** Most characters of one file. */
    public static final int MAX_CHARACTERS = 16 * 1024 * 1024;

    /** Deepest nesting of maps and lists. */
    public static final int MAX_DEPTH = 100;

    /** Most aliases of maps and lists in one document. */
    public static final int MAX_ALIASES = 1_000;

    /** Most nodes of one file after aliases and merge keys are expanded. */
    public static final int MAX_NODES = 300_000;

    private YamlParser() {}

    /**
     * Reads all documents of a file.
     *
     * @param file path that locations name
     * @param bytes its content, UTF-8
     */
    public static YamlDocuments parse(String file, byte[] bytes) {
        List<Finding> findings = new ArrayList<>();
        String text = decode(file, bytes, findings);
        return text == null
                ? new YamlDocuments(List.of(), findings)
                : parse(new TextPlace(Location.of(file), TextPlace.Kind.FILE), text, findings);
    }

    /**
     * Reads all documents of a text that stands inside a file as a block, such as an inline patch.
     *
     * @param at where the text's first line stands; lines are counted on from it, columns stay unknown, because the text has lost
     *     its indentation
     */
    public static YamlDocuments parse(Location at, String text) {
        Location before = new Location(at.file(), Math.max(0, at.line() - 1), 0);
        return parse(new TextPlace(before, TextPlace.Kind.BLOCK), text, new ArrayList<>());
    }

    /**
     * Reads all documents of a text that stands inside a file in quotes, so that nothing is known of its lines.
     *
     * @param at the place that all of it is said to have
     */
    public static YamlDocuments parseQuoted(Location at, String text) {
        return parse(new TextPlace(at, TextPlace.Kind.QUOTED), text, new ArrayList<>());
    }

    private static YamlDocuments parse(TextPlace place, String text, List<Finding> findings) {
        List<YamlNode> documents = new ArrayList<>();
        Parser events = new ParserImpl(new WholeText(text), options());
        NodeReader reader = new NodeReader(events, place, findings);
        try {
            for (YamlNode document = reader.document(); document != null; document = reader.document()) {
                if (!(document instanceof YamlScalar scalar && scalar.value() == null)) {
                    documents.add(document);
                }
            }
        } catch (BoundPassedException e) {
            findings.add(
                    Finding.error("yaml-too-large", e.location(), e.reason(), "split the file or use fewer aliases"));
        } catch (MarkedYAMLException e) {
            findings.add(syntax(place, e));
        } catch (ReaderException e) {
            findings.add(Finding.error(
                    "yaml-syntax",
                    place.of(lineOf(text, e.getPosition()), 0),
                    "a character that YAML does not allow: " + String.format("U+%04X", e.getCodePoint()),
                    "write it as an escape in a double-quoted string"));
        } catch (NumberFormatException e) {
            // The parser's own scanner lets it out for an escape such as \\U that nothing follows.
            findings.add(Finding.error(
                    "yaml-syntax",
                    Location.of(place.start().file()),
                    "this is not YAML: an escape in a double-quoted string has no digits",
                    "write all digits of the escape, or single quotes around the text"));
        } catch (YAMLException e) {
            findings.add(Finding.error(
                    "yaml-too-large",
                    place.of(next(events)),
                    String.valueOf(e.getMessage()),
                    "split the file or use fewer aliases"));
        }
        return new YamlDocuments(documents, findings);
    }

    /** Where reading stopped at a bound of the parser's, which does not say it; null where it cannot even be looked at. */
    private static @Nullable Mark next(Parser events) {
        try {
            Event next = events.peekEvent();
            return next == null ? null : next.getStartMark();
        } catch (YAMLException e) {
            return null; // The bound is that of the whole text.
        }
    }

    private static Finding syntax(TextPlace place, MarkedYAMLException e) {
        String context = e.getContext() == null ? "" : e.getContext() + ": ";
        return Finding.error(
                "yaml-syntax",
                place.of(e.getProblemMark()),
                "this is not YAML: " + context + e.getProblem(),
                "correct the file");
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        return options;
    }

    private static @Nullable String decode(String file, byte[] bytes, List<Finding> findings) {
        int skip = bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF
                ? 3
                : 0;
        ByteBuffer in = ByteBuffer.wrap(bytes, skip, bytes.length - skip);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(in)
                    .toString();
        } catch (CharacterCodingException e) {
            int line = 1;
            int column = 1;
            for (int i = skip; i < in.position(); i++) {
                boolean continued = (bytes[i] & 0xC0) == 0x80;
                line += bytes[i] == '\n' ? 1 : 0;
                column = bytes[i] == '\n' ? 1 : continued ? column : column + 1;
            }
            findings.add(Finding.error(
                    "yaml-encoding",
                    new Location(file, line, column),
                    "the file is not UTF-8 text from here on",
                    "save it as UTF-8"));
            return null;
        }
    }

    private static int lineOf(String text, int position) {
        return 1
                + (int) text.substring(0, Math.min(position, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
