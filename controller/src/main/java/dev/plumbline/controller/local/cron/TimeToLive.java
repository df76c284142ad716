package dev.plumbline.controller.local.cron;

import dev.plumbline.registry.argo.ArgoText;
import dev.plumbline.registry.json.Tree;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ttlStrategy}: how long an ended run is kept. */
final class TimeToLive {

    private TimeToLive() {}

    /** Whether a Workflow has ended so long ago that it goes; one whose end cannot be read stays. */
    static boolean over(Map<String, @Nullable Object> run, Instant now) {
        String finished = Tree.text(run, "status", "finishedAt");
        if (finished.isEmpty() || Tree.at(run, "metadata", "deletionTimestamp") != null) {
            return false;
        }
        boolean good = Tree.text(run, "status", "phase").equals("Succeeded");
        Map<String, @Nullable Object> strategy = Tree.map(run, "spec", "ttlStrategy");
        if (strategy.isEmpty()) {
            strategy = Tree.map(run, "status", "storedWorkflowTemplateSpec", "ttlStrategy");
        }
        String seconds = ArgoText.of(strategy.get(good ? "secondsAfterSuccess" : "secondsAfterFailure"));
        if (seconds == null) {
            seconds = ArgoText.of(strategy.get("secondsAfterCompletion"));
        }
        if (seconds == null || !seconds.matches("[0-9]{1,10}")) {
            return false;
        }
        try {
            return Instant.parse(finished).plusSeconds(Long.parseLong(seconds)).isBefore(now);
        } catch (DateTimeParseException e) {
            // Nobody knows when it ended, so nobody knows that it has to go: it is kept.
            return false;
        }
    }
}
