package dev.plumbline.controller.local.cron;

import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.ArgoText;
import dev.plumbline.registry.argo.CronSchedule;
import dev.plumbline.registry.argo.CronTimes;
import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.argo.When;
import dev.plumbline.registry.json.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a CronWorkflow asks for: a pure reading of it. */
final class CronSpec {

    /** How late a run may begin without a {@code startingDeadlineSeconds}: what a busy machine takes. */
    static final Duration LATE = Duration.ofSeconds(30);

    private static final Pattern COUNT = Pattern.compile("cronworkflow\\.(failed|succeeded)");

    private final Map<String, @Nullable Object> cron;

    CronSpec(Map<String, @Nullable Object> cron) {
        this.cron = cron;
    }

    /** The schedules as Argo notes them on the object. */
    String used() {
        return String.join(
                ",",
                Tree.list(cron, "spec", "schedules").stream()
                        .map(String::valueOf)
                        .toList());
    }

    /**
     * The newest time from after an instant up to now at which it is due and may still begin; null when there is none.
     *
     * @throws ArgoSyntaxException when a schedule or the timezone cannot be read
     */
    @Nullable
    Instant due(Instant after, Instant now) throws ArgoSyntaxException {
        Instant newest = null;
        for (Object text : Tree.list(cron, "spec", "schedules")) {
            CronSchedule schedule = CronSchedule.parse(String.valueOf(text));
            Instant earliest = now.minus(deadline());
            // Only what may still begin is looked for: a program that slept for months does not count minutes. An
            // interval
            // counts from the run before, however long ago that was.
            Instant from = schedule.every() == null && earliest.isAfter(after) ? earliest : after;
            Instant next =
                    CronTimes.latest(schedule, from, now, CronSchedule.zone(Tree.text(cron, "spec", "timezone")));
            if (next != null && !next.isBefore(earliest) && (newest == null || next.isAfter(newest))) {
                newest = next;
            }
        }
        return newest;
    }

    private Duration deadline() {
        Long seconds = number("startingDeadlineSeconds");
        return seconds == null || seconds < LATE.toSeconds() ? LATE : Duration.ofSeconds(seconds);
    }

    boolean suspended() {
        return Boolean.TRUE.equals(Tree.at(cron, "spec", "suspend"));
    }

    String concurrency() {
        return Tree.text(cron, "spec", "concurrencyPolicy");
    }

    /** How many runs that ended well, or badly, are kept. */
    long kept(boolean good) {
        Long limit = number(good ? "successfulJobsHistoryLimit" : "failedJobsHistoryLimit");
        if (limit != null) {
            return limit;
        }
        return good ? 3 : 1;
    }

    /**
     * Whether its stop strategy ends it now.
     *
     * @throws ArgoSyntaxException when the expression is more than a comparison of {@code cronworkflow.failed} and
     *     {@code cronworkflow.succeeded}
     */
    boolean stops() throws ArgoSyntaxException {
        String expression = Tree.text(cron, "spec", "stopStrategy", "expression");
        return !expression.isEmpty() && When.holds(counted(expression));
    }

    /**
     * Whether its {@code when} lets a run begin.
     *
     * @throws ArgoSyntaxException when it is more than a condition over counts
     */
    boolean begins() throws ArgoSyntaxException {
        String when = Tree.text(cron, "spec", "when");
        String condition = Tags.replace(when, name -> COUNT.matcher(name).matches() ? count(name) : null);
        if (Tags.present(condition)) {
            throw new ArgoSyntaxException("the embedded cluster does not execute the when '" + when + "'");
        }
        return When.holds(condition);
    }

    private String counted(String expression) {
        List<String> parts = new ArrayList<>();
        Matcher name = COUNT.matcher(expression);
        int at = 0;
        while (name.find()) {
            parts.add(expression.substring(at, name.start()));
            parts.add(count(name.group()));
            at = name.end();
        }
        parts.add(expression.substring(at));
        return String.join("", parts);
    }

    private String count(String name) {
        String text = ArgoText.of(Tree.at(cron, "status", name.substring(name.indexOf('.') + 1)));
        return text == null ? "0" : text;
    }

    private @Nullable Long number(String field) {
        String text = ArgoText.of(Tree.at(cron, "spec", field));
        return text != null && text.matches("[0-9]{1,9}") ? Long.valueOf(text) : null;
    }
}
