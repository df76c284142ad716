package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.spec.PipelineSync;
import dev.plumbline.controller.status.Notice;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Tells what a person should know as Kubernetes Events of the custom resource. They are told once, and lost when that fails. */
final class Events {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final String COMPONENT = "plumbline";

    /** Longest message of an Event (the API server's own bound). */
    private static final int MAX_MESSAGE = 1024;

    /** Events that are under way at most; more are only logged, since the API server is busy enough then. */
    private static final int AT_ONCE = 64;

    private final ClusterWriter writer;
    private final Semaphore room = new Semaphore(AT_ONCE);

    Events(ClusterWriter writer) {
        this.writer = writer;
    }

    /**
     * Tells it, when it is more than progress. Returns at once.
     *
     * @param head the head that the sync looks at; null before it saw one
     */
    void tell(PipelineSync sync, @Nullable CommitId head, Notice notice) {
        LoggingEventBuilder line = LOG.atInfo().addKeyValue("sync", sync.id());
        if (head != null) {
            line = line.addKeyValue("commit", head);
        }
        line.log("{} {}", notice.kind(), notice.text());
        String reason = reason(notice.kind());
        if (!reason.isEmpty() && room.tryAcquire()) {
            Thread.ofVirtual().name("event " + sync.id()).start(() -> {
                try {
                    writer.create(event(sync, notice, reason), COMPONENT);
                } catch (ClusterException e) {
                    LOG.warn("an Event of {} was not written: {}", sync.id(), e.getMessage());
                } finally {
                    room.release();
                }
            });
        }
    }

    private static String reason(Notice.Kind kind) {
        return switch (kind) {
            case FORCED -> "ForcedPush";
            case APPLIED -> "Applied";
            case HELD -> "Held";
            case BROKEN -> "BrokenCommit";
            case FAILED -> "Failed";
            case SOURCE, RETURNED -> "Source";
            case COMMIT, PLAN, UNCHANGED, RUN, MODEL, INFO -> "";
        };
    }

    private static Map<String, @Nullable Object> event(PipelineSync sync, Notice notice, String reason) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("apiVersion", "v1");
        event.put("kind", "Event");
        Tree.set(event, sync.metadata().name() + ".", "metadata", "generateName");
        Tree.set(event, sync.metadata().namespace(), "metadata", "namespace");
        Map<String, @Nullable Object> about = new LinkedHashMap<>();
        about.put("apiVersion", PipelineSync.API_VERSION);
        about.put("kind", PipelineSync.KIND);
        about.put("namespace", sync.metadata().namespace());
        about.put("name", sync.metadata().name());
        about.put("uid", sync.metadata().uid());
        event.put("involvedObject", about);
        event.put("reason", reason);
        event.put("type", isGood(notice.kind()) ? "Normal" : "Warning");
        String text = notice.text();
        event.put("message", text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE - 1) + "…" : text);
        event.put("firstTimestamp", time(notice));
        event.put("lastTimestamp", time(notice));
        event.put("count", 1L);
        Tree.set(event, COMPONENT, "source", "component");
        return event;
    }

    private static boolean isGood(Notice.Kind kind) {
        return kind == Notice.Kind.APPLIED || kind == Notice.Kind.RETURNED;
    }

    private static String time(Notice notice) {
        return notice.at().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
    }
}
