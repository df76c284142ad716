package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a generator's {@code envs}, {@code literals} and {@code files} hold, by key. */
final class DataSources {

    private final String folder;
    private final Files files;
    private final Problems problems;
    private final Map<String, byte[]> values = new TreeMap<>();
    private final Set<String> paths = new LinkedHashSet<>();

    DataSources(String folder, Files files, Problems problems) {
        this.folder = folder;
        this.files = files;
        this.problems = problems;
    }

    /** The values by key, keys in order. */
    Map<String, byte[]> values() {
        return values;
    }

    /** The files that were read. */
    Set<String> paths() {
        return paths;
    }

    void read(Fields generator) throws SourceException {
        List<LocatedText> envs = new ArrayList<>(generator.texts("envs"));
        // kustomize moves env to envs in its own files only
        if (generator.has("env") && !generator.ofPlugin()) {
            envs.add(new LocatedText(generator.text("env"), generator.place("env")));
        }
        for (LocatedText env : envs) {
            envFile(env);
        }
        for (LocatedText literal : generator.texts("literals")) {
            literal(literal);
        }
        for (LocatedText file : generator.texts("files")) {
            file(file);
        }
    }

    private void literal(LocatedText literal) {
        int equals = literal.value().indexOf('=');
        if (equals <= 0) {
            malformed(literal.place(), literal.value() + " is not key=value", "write key=value");
            return;
        }
        String value = unquoted(literal.value().substring(equals + 1));
        put(literal.value().substring(0, equals), value.getBytes(StandardCharsets.UTF_8), literal.place());
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2
                && (text.startsWith("\"") || text.startsWith("'"))
                && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private void file(LocatedText source) throws SourceException {
        String written = source.value();
        int equals = written.indexOf('=');
        if (equals == 0 || equals == written.length() - 1 || equals != written.lastIndexOf('=')) {
            malformed(source.place(), written + " is not path or key=path", "write key=path");
            return;
        }
        String path = written.substring(equals + 1);
        String key = equals < 0 ? path.substring(path.lastIndexOf('/') + 1) : written.substring(0, equals);
        byte[] bytes = content(path, source.place());
        if (bytes != null) {
            put(key, bytes, source.place());
        }
    }

    private byte @Nullable [] content(String path, Location place) throws SourceException {
        Snapshot.Entry entry = files.file(folder, path, place);
        if (entry == null) {
            return null;
        }
        paths.add(entry.path());
        return files.read(entry, place);
    }

    private void envFile(LocatedText source) throws SourceException {
        byte[] bytes = content(source.value(), source.place());
        String text = bytes == null ? null : text(bytes);
        if (bytes != null && text == null) {
            malformed(source.place(), source.value() + " is not UTF-8 text", "save it as UTF-8");
        }
        if (text == null) {
            return;
        }
        String withoutMark = text.startsWith("\ufeff") ? text.substring(1) : text;
        for (String line : withoutMark.split("\n", -1)) {
            String entry = (line.endsWith("\r") ? line.substring(0, line.length() - 1) : line).stripLeading();
            if (!entry.isEmpty() && !entry.startsWith("#")) {
                int equals = entry.indexOf('=');
                String value = equals < 0 ? "" : entry.substring(equals + 1);
                String key = equals < 0 ? entry : entry.substring(0, equals);
                if (!key.isEmpty()) {
                    put(key, value.getBytes(StandardCharsets.UTF_8), source.place());
                }
            }
        }
    }

    /** The text that these bytes are in UTF-8; null when they are not. */
    static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private void put(String key, byte[] value, Location place) {
        if (values.put(key, value) != null) {
            malformed(place, "the key " + key + " is given twice", "rename one: key=path");
        }
    }

    private void malformed(Location place, String message, String fix) {
        problems.error("render-generator", place, message, fix);
    }
}
