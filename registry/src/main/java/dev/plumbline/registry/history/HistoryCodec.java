package dev.plumbline.registry.history;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stored form of history entries. */
public final class HistoryCodec {

    /** Names the stored form. A change of it is a new name, and the old one stays readable. */
    public static final String SCHEMA = "plumbline.dev/history/v1";

    private HistoryCodec() {}

    /** The stored bytes of an entry. */
    public static byte[] encode(HistoryEntry entry) {
        return Json.bytes(tree(entry));
    }

    /** An entry as a plain tree. */
    public static Map<String, @Nullable Object> tree(HistoryEntry entry) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("schema", SCHEMA);
        map.put("number", entry.number());
        map.put("revision", entry.revision());
        map.put("outcome", entry.outcome().name());
        map.put("commit", entry.commit().hex());
        map.put("subject", entry.subject());
        map.put("author", entry.author().value());
        map.put("trigger", entry.trigger());
        map.put("actor", text(entry.actor()));
        map.put("reason", entry.reason());
        map.put("release", text(entry.release()));
        map.put("record", text(entry.record()));
        map.put("previous", entry.previous() == null ? null : entry.previous().hex());
        map.put("forced", entry.forced());
        map.put("passedOver", entry.passedOver().stream().map(CommitId::hex).toList());
        map.put("changes", entry.changes().stream().map(RecordedChange::tree).toList());
        Map<String, @Nullable Object> blame = new LinkedHashMap<>();
        entry.blame().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        one -> blame.put(one.getKey().toString(), one.getValue().hex()));
        map.put("blame", blame);
        map.put("findings", entry.findings().stream().map(HistoryCodec::finding).toList());
        map.put("seen", entry.seen().toString());
        map.put("finished", entry.finished().toString());
        return map;
    }

    /**
     * Reads the stored bytes.
     *
     * @throws JsonException when they are not an entry of a known schema version
     */
    public static HistoryEntry decode(byte[] bytes) throws JsonException {
        Map<String, @Nullable Object> map = Json.parseObject(bytes);
        if (!SCHEMA.equals(map.get("schema"))) {
            throw new JsonException("expected schema " + SCHEMA + " but found " + map.get("schema"));
        }
        try {
            return entry(map);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new JsonException("a field of the entry is missing or not well-formed: " + e.getMessage());
        }
    }

    private static HistoryEntry entry(Map<String, @Nullable Object> map) {
        String previous = Tree.string(map, "previous");
        Map<ObjectKey, CommitId> blame = new LinkedHashMap<>();
        Tree.map(map, "blame")
                .forEach((key, commit) -> blame.put(ObjectKey.parse(key), new CommitId(String.valueOf(commit))));
        return new HistoryEntry(
                number(map, "number"),
                number(map, "revision"),
                Outcome.valueOf(Tree.text(map, "outcome")),
                new CommitId(Tree.text(map, "commit")),
                Tree.text(map, "subject"),
                new Digest(Tree.text(map, "author")),
                Tree.text(map, "trigger"),
                digest(map, "actor"),
                Tree.text(map, "reason"),
                digest(map, "release"),
                digest(map, "record"),
                previous == null ? null : new CommitId(previous),
                Boolean.TRUE.equals(map.get("forced")),
                Tree.list(map, "passedOver").stream()
                        .map(id -> new CommitId(String.valueOf(id)))
                        .toList(),
                Tree.maps(map, "changes").stream().map(RecordedChange::of).toList(),
                blame,
                Tree.maps(map, "findings").stream().map(HistoryCodec::finding).toList(),
                Instant.parse(Tree.text(map, "seen")),
                Instant.parse(Tree.text(map, "finished")));
    }

    /** A finding as a plain tree. */
    public static Map<String, @Nullable Object> finding(Finding finding) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("rule", finding.rule());
        map.put("severity", finding.severity().name());
        Location location = finding.location();
        map.put("file", location == null ? null : location.file());
        map.put("line", location == null ? 0L : (long) location.line());
        map.put("column", location == null ? 0L : (long) location.column());
        map.put("object", finding.object() == null ? null : finding.object().toString());
        map.put("message", finding.message());
        map.put("fix", finding.fix());
        return map;
    }

    private static Finding finding(Map<String, @Nullable Object> map) {
        String file = Tree.string(map, "file");
        String object = Tree.string(map, "object");
        return new Finding(
                Tree.text(map, "rule"),
                Severity.valueOf(Tree.text(map, "severity")),
                file == null ? null : new Location(file, (int) number(map, "line"), (int) number(map, "column")),
                object == null ? null : ObjectKey.parse(object),
                Tree.text(map, "message"),
                Tree.text(map, "fix"));
    }

    private static long number(Map<String, @Nullable Object> map, String name) {
        return map.get(name) instanceof Long number ? number : 0;
    }

    private static @Nullable String text(@Nullable Digest digest) {
        return digest == null ? null : digest.value();
    }

    private static @Nullable Digest digest(Map<String, @Nullable Object> map, String name) {
        String text = Tree.string(map, name);
        return text == null ? null : new Digest(text);
    }

    /** All findings of a list as plain trees. */
    public static List<Map<String, @Nullable Object>> findings(List<Finding> findings) {
        return findings.stream().map(HistoryCodec::finding).toList();
    }
}
