package dev.plumbline.controller.local.cron;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks at the CronWorkflows and the ended Workflows of a cluster, again and again, and does what is due. */
public final class CronWorkflows implements AutoCloseable {

    /** Field manager of what it writes. */
    static final String MANAGER = "plumbline-cron";

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Selection CRONS = Selection.of(ArgoKinds.GROUP, ArgoKinds.CRON_WORKFLOW, "");
    private static final Selection RUNS = Selection.of(ArgoKinds.GROUP, ArgoKinds.WORKFLOW, "");

    private final ClusterReader reader;
    private final ClusterWriter writer;
    private final InstantSource clock;
    private final Consumer<String> said;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Instant> looked = new HashMap<>();
    private final Map<String, String> schedules = new HashMap<>();
    private final Set<String> complaints = new HashSet<>();

    /**
     * Nothing happens before {@link #start()}.
     *
     * @param said is told what is fired, and once what cannot be
     */
    public CronWorkflows(ClusterReader reader, ClusterWriter writer, InstantSource clock, Consumer<String> said) {
        this.reader = reader;
        this.writer = writer;
        this.clock = clock;
        this.said = said;
    }

    /** Begins, in a thread of its own. */
    public void start() {
        Thread.ofVirtual().name("crons").start(this::loop);
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void loop() {
        try {
            while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    look();
                } catch (ClusterException e) {
                    if (closed.getCount() > 0 && !e.retryable()) {
                        complain(String.valueOf(e.getMessage()));
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does what is due now. */
    void look() throws ClusterException {
        Instant now = clock.instant();
        List<Map<String, @Nullable Object>> crons = reader.list(CRONS).items();
        List<Map<String, @Nullable Object>> runs = reader.list(RUNS).items();
        for (Map<String, @Nullable Object> cron : crons) {
            try {
                cron(cron, runs, now);
            } catch (ClusterException e) {
                if (!e.retryable()) {
                    complain(Manifest.keyOf(cron).display() + " is not fired: " + e.getMessage());
                }
            } catch (ArgoSyntaxException e) {
                complain(Manifest.keyOf(cron).display() + " is not fired: " + e.getMessage());
            }
        }
        for (Map<String, @Nullable Object> run : runs) {
            if (TimeToLive.over(run, now)) {
                delete(run);
            }
        }
    }

    private void cron(Map<String, @Nullable Object> cron, List<Map<String, @Nullable Object>> runs, Instant now)
            throws ClusterException, ArgoSyntaxException {
        CronSpec spec = new CronSpec(cron);
        CronRuns own = new CronRuns(cron, runs);
        Map<String, @Nullable Object> current = cron;
        Map<String, @Nullable Object> counted = own.counted();
        if (!counted.isEmpty()) {
            current = writer.mergePatch(Manifest.keyOf(cron), Map.of("status", counted), MANAGER);
            own = new CronRuns(current, runs);
        }
        for (Map<String, @Nullable Object> old : own.tooMany(spec)) {
            delete(old);
        }
        String uid = Tree.text(cron, "metadata", "uid");
        Instant after = after(cron, spec, uid, now);
        if (spec.suspended() || Tree.text(current, "status", "phase").equals("Stopped")) {
            looked.put(uid, now);
            return;
        }
        Instant due = spec.due(after, now);
        if (due == null) {
            return;
        }
        try {
            fire(current, own, due);
            looked.put(uid, due);
        } catch (ClusterException e) {
            // What may work a moment later is tried again; the name of a run says its time, so that there is only one.
            if (!e.retryable()) {
                looked.put(uid, due);
            }
            throw e;
        }
    }

    /** From when on runs are due: a schedule that changed has missed none. */
    private Instant after(Map<String, @Nullable Object> cron, CronSpec spec, String uid, Instant now)
            throws ArgoSyntaxException {
        String before = schedules.put(uid, spec.used());
        Instant known = looked.get(uid);
        if (known != null && spec.used().equals(before)) {
            return known;
        }
        String last = Tree.text(cron, "status", "lastScheduledTime");
        boolean changed = before != null
                || !Tree.text(cron, "metadata", "annotations", CronRuns.USED_SCHEDULE)
                        .equals(spec.used());
        Instant from = last.isEmpty() || changed ? now : time(last);
        looked.put(uid, from);
        return from;
    }

    private static Instant time(String last) throws ArgoSyntaxException {
        try {
            return Instant.parse(last);
        } catch (DateTimeParseException e) {
            throw new ArgoSyntaxException("status.lastScheduledTime '" + last + "' is no time; remove it");
        }
    }

    private void fire(Map<String, @Nullable Object> cron, CronRuns own, Instant due)
            throws ClusterException, ArgoSyntaxException {
        ObjectKey key = Manifest.keyOf(cron);
        CronSpec spec = new CronSpec(cron);
        if (spec.stops()) {
            writer.mergePatch(key, CronRuns.stopped(), MANAGER);
            said.accept(key.display() + " is stopped by its stopStrategy");
            return;
        }
        if (!spec.begins()) {
            return;
        }
        List<Map<String, @Nullable Object>> active = own.active();
        if (spec.concurrency().equals("Forbid") && !active.isEmpty()) {
            said.accept(key.display() + " was not fired: a run goes on, and its concurrencyPolicy is Forbid");
            return;
        }
        if (spec.concurrency().equals("Replace")) {
            for (Map<String, @Nullable Object> run : active) {
                delete(run);
            }
        }
        Map<String, @Nullable Object> run = made(own.workflow(due));
        writer.mergePatch(key, own.fired(run, due.truncatedTo(ChronoUnit.SECONDS)), MANAGER);
        said.accept(key.display() + " fired " + Tree.text(run, "metadata", "name"));
    }

    /** The name says the time, so that no time has two runs. */
    private Map<String, @Nullable Object> made(Map<String, @Nullable Object> run) throws ClusterException {
        try {
            return writer.create(run, MANAGER);
        } catch (ClusterException e) {
            if (e.reason() != ClusterException.Reason.ALREADY_EXISTS) {
                throw e;
            }
            return reader.get(Manifest.keyOf(run)).orElse(run);
        }
    }

    private void delete(Map<String, @Nullable Object> run) throws ClusterException {
        try {
            writer.delete(Manifest.keyOf(run), DeleteOptions.exactly(Tree.text(run, "metadata", "uid")));
        } catch (ClusterException e) {
            if (e.reason() != ClusterException.Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    private void complain(String text) {
        if (complaints.add(text)) {
            said.accept(text);
        }
    }
}
